package dev.wisent.connectors.sqlite;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A SQLite file. SQLite itself keeps processes apart; whoever waits longer than [#BUSY] for another one's lock is told so.
/// For several threads.
///
/// @param access what connections are for
public record SqliteFile(Path path, Access access) {
    /// How long another process may hold the file before that is an error that is tried again.
    private static final Duration BUSY = Duration.ofSeconds(10);

    /// What a connection is for.
    public enum Access {
        READ_WRITE,
        READ_ONLY
    }

    /// A connection whose commits survive a power cut. To write, the file is made if it is not there.
    public Connection connect() {
        Path absolute = path.toAbsolutePath();
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(BUSY.toMillis()));
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setReadOnly(access == Access.READ_ONLY);
        Properties properties = config.toProperties();
        try {
            Path folder = absolute.getParent();
            if (access == Access.READ_WRITE && folder != null) {
                Files.createDirectories(folder);
            }
            Connection connection = JDBC.createConnection("jdbc:sqlite:" + absolute, properties);
            try (Statement statement = connection.createStatement()) {
                // Views go on naming a table that another one takes the place of.
                statement.execute("PRAGMA legacy_alter_table = ON");
                statement.executeQuery("SELECT count(*) FROM sqlite_schema").close();
            }
            return connection;
        } catch (SQLException e) {
            throw failure(e, "opening the database");
        } catch (IOException e) {
            throw WisentException.of(connection(), "the database can't be made: " + e.getMessage())
                    .where(absolute.toString())
                    .causedBy(e);
        }
    }

    /// How large the database is, in bytes.
    public long size() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a failure of SQLite means.
    ///
    /// @param what was being done
    public WisentException failure(SQLException cause, String what) {
        String told = what + " failed: " + cause.getMessage();
        SQLiteErrorCode code =
                cause instanceof SQLiteException known ? known.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
        return switch (code) {
            case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_RECOVERY, SQLITE_LOCKED ->
                WisentException.transientFailure(
                                connection(), "another process holds the database: " + cause.getMessage(), cause)
                        .where(path.toString())
                        .tried("waiting " + BUSY.toSeconds() + " s for its lock, again and again")
                        .hint("end the program that writes, or let it commit");
            case SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_AUTH, SQLITE_PERM ->
                WisentException.of(connection(), told).where(path.toString()).causedBy(cause);
            case SQLITE_FULL ->
                WisentException.of(ErrorCode.DISK_FULL, told)
                        .where(path.toString())
                        .causedBy(cause);
            default ->
                WisentException.of(
                                access == Access.READ_WRITE ? ErrorCode.WRITE_FAILED : ErrorCode.SOURCE_CONNECTION,
                                told)
                        .where(path.toString())
                        .causedBy(cause);
        };
    }

    private ErrorCode connection() {
        return access == Access.READ_WRITE ? ErrorCode.DESTINATION_CONNECTION : ErrorCode.SOURCE_CONNECTION;
    }
}
