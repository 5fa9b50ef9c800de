package dev.wisent.engine.state;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One connection to one SQLite file. A caller holds the lock of [SqliteStateStore].
final class Database implements AutoCloseable {
    private static final double MILLIS = 1e3;

    private final Connection connection;
    private final String name;
    private final Duration busy;

    private Database(Connection connection, String name, Duration busy) {
        this.connection = connection;
        this.name = name;
        this.busy = busy;
    }

    interface Work<T> {
        T run() throws SQLException;
    }

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Opens or creates `file` and its folder.
    ///
    /// @param busy how long to wait for another process that writes
    static Database file(Path file, Duration busy) {
        Path absolute = file.toAbsolutePath();
        try {
            Path folder = absolute.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException impossible) {
            throw WisentException.of(
                            ErrorCode.STATE_STORE,
                            "the folder of the state store can't be made: " + impossible.getMessage())
                    .where(absolute.toString())
                    .hint("name another file in engine.backend.config.database")
                    .causedBy(impossible);
        }
        return open("jdbc:sqlite:" + absolute, absolute.toString(), JournalMode.WAL, busy);
    }

    static Database inMemory() {
        return open("jdbc:sqlite::memory:", "the state store in memory", JournalMode.MEMORY, Duration.ZERO);
    }

    private static Database open(String url, String name, JournalMode journal, Duration busy) {
        SqliteLibrary.locate();
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(busy.toMillis()));
        config.setSynchronous(
                SynchronousMode.FULL); // a commit survives a power cut: WAL alone only fsyncs at checkpoints
        config.enforceForeignKeys(true);
        Properties properties = config.toProperties();
        try {
            Database database = new Database(JDBC.createConnection(url, properties), name, busy);
            try {
                database.journal(journal);
                return database;
            } catch (SQLException | RuntimeException failed) {
                database.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw failed instanceof SQLiteException ? failure(failed, name, busy) : unloadable(failed);
        }
    }

    /// What comes before any answer of SQLite's own: its library is native and is unpacked into the folder for temporary files.
    private static WisentException unloadable(SQLException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        String folder = System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir", ""));
        return WisentException.of(
                        ErrorCode.STATE_STORE, "SQLite's library can't be unpacked or loaded: " + cause.getMessage())
                .where(folder + ", " + Path.of(folder).toFile().getUsableSpace() + " bytes free")
                .hint("make room there, or name another folder: WISENT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER")
                .causedBy(failed);
    }

    /// Another process that opens the same new file may hold it for a moment, and SQLite does not always wait by
    /// itself here.
    private void journal(JournalMode journal) throws SQLException {
        long end = System.nanoTime() + busy.toNanos();
        while (true) {
            try {
                run("PRAGMA journal_mode = " + journal.getValue());
                return;
            } catch (SQLiteException busy) {
                if (busy.getResultCode() != SQLiteErrorCode.SQLITE_BUSY || System.nanoTime() > end) {
                    throw busy;
                }
                Thread.onSpinWait();
            }
        }
    }

    String name() {
        return name;
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// @return how many rows changed
    int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    <T> List<T> query(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(row.read(result));
            }
        }
        return rows;
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /// As [#write], but a power cut may undo it: without waiting for the disk the file is locked a hundred times shorter.
    <T> T writeBriefly(Work<T> work) throws SQLException {
        run("PRAGMA synchronous = NORMAL");
        try {
            return write(work);
        } finally {
            run("PRAGMA synchronous = FULL");
        }
    }

    /// Runs `work` in a transaction that holds the write lock from its start, so nothing it reads changes before it
    /// writes.
    <T> T write(Work<T> work) throws SQLException {
        run("BEGIN IMMEDIATE");
        boolean done = false;
        try {
            T result = work.run();
            run("COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack();
            }
        }
    }

    private void rollBack() {
        try {
            run("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            // SQLite ends the transaction itself after some failures; the one that led here is being told
        }
    }

    private static long free(String name) {
        Path folder = Path.of(name).toAbsolutePath().getParent();
        return folder == null ? 0 : folder.toFile().getUsableSpace();
    }

    /// What went wrong, in our words.
    WisentException failure(SQLException failed) {
        return failure(failed, name, busy);
    }

    private static WisentException failure(SQLException failed, String name, Duration busy) {
        SQLiteErrorCode code =
                failed instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        return switch (code) {
            case SQLITE_FULL ->
                WisentException.of(
                                ErrorCode.DISK_FULL,
                                "no space left for the state store (" + free(name) + " bytes free)")
                        .where(name)
                        .hint("free some space, or name a file on another disk in engine.backend.config.database")
                        .causedBy(failed);
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CORRUPT_VTAB, SQLITE_CORRUPT_SEQUENCE, SQLITE_CORRUPT_INDEX ->
                WisentException.of(ErrorCode.STATE_STORE, "the state store is damaged, or is no SQLite file")
                        .where(name)
                        .hint("move it (and the files beside it that end in -wal and -shm) away and run again:"
                                + " progress is read from the destination, only the list of runs begins anew")
                        .causedBy(failed);
            case SQLITE_CANTOPEN,
                    SQLITE_CANTOPEN_ISDIR,
                    SQLITE_READONLY,
                    SQLITE_READONLY_DIRECTORY,
                    SQLITE_PERM,
                    SQLITE_READONLY_DBMOVED ->
                WisentException.of(ErrorCode.STATE_STORE, "the state store can't be opened for writing")
                        .where(name)
                        .hint("may you write the file and its folder? another file: engine.backend.config.database")
                        .causedBy(failed);
            case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_RECOVERY, SQLITE_LOCKED -> locked(failed, name, busy);
            default ->
                WisentException.of(ErrorCode.STATE_STORE, "the state store failed: " + failed.getMessage())
                        .where(name)
                        .causedBy(failed);
        };
    }

    private static WisentException locked(SQLException failed, String name, Duration busy) {
        Optional<LockHolder> holder = LockHolder.of(Path.of(name));
        String who = holder.map(by -> "process " + by.pid() + (by.stopped() ? ", which is stopped," : ""))
                .orElse("another process");
        String hint = holder.map(by -> (by.stopped() ? "let it go on: kill -CONT " + by.pid() + "; or " : "")
                        + "end it: kill -9 " + by.pid() + " (what it committed stays);"
                        + " or give this run another file with --state-db")
                .orElse("a process that is stopped keeps its lock until it goes on or ends; --state-db names another"
                        + " file");
        return WisentException.transientFailure(ErrorCode.STATE_STORE, who + " keeps the state store locked", failed)
                .where(name)
                .tried("waiting " + busy.toMillis() / MILLIS + " s")
                .hint(hint)
                .next("wisent runs");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw failure(failed);
        }
    }
}
