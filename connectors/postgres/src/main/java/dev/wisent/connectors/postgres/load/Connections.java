package dev.wisent.connectors.postgres.load;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.postgres.PostgresFailure;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.postgres.Side;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;

/// Connections of one destination that nobody uses at the moment, and new ones. Each has its transactions ended by COMMIT or
/// ROLLBACK, never by itself. Any thread.
final class Connections implements AutoCloseable {
    /// How long a lock on a table is waited for: sessions of this run end within `commit_interval`; whoever else holds one
    /// longer is told of.
    private static final Duration LOCKS = Duration.ofSeconds(120);

    private static final int VALID_SECONDS = 5;

    /// How long an answer is waited for: longer than for any lock. Only what works on many rows may take as long as the
    /// driver is told to wait.
    private static final Duration ANSWERS = LOCKS.plusSeconds(30);

    private static final Duration WORK = Duration.ofMinutes(10);

    /// How long a server that is away is waited for, as by commits: as long as `engine.retry.budget` is when nobody sets it.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// The same for a session that has no rows yet: whoever wants it gone waits for it.
    private static final Duration PATIENCE_OF_SESSIONS = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final PostgresOptions options;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final Map<Connection, CopySession.Backend> backends = new WeakHashMap<>();
    private boolean closed;
    /// Whether there was one: what can't be reached at all is told at once.
    private volatile boolean reached;

    Connections(PostgresOptions options) {
        this.options = options;
    }

    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private interface Attempt<T> {
        T run() throws SQLException;
    }

    /// One that answers. It is the caller's, to [#give] or to close.
    Connection take() throws SQLException {
        for (Optional<Connection> known = idle(); known.isPresent(); known = idle()) {
            if (known.get().isValid(VALID_SECONDS)) {
                return known.get();
            }
            end(known.get());
        }
        Connection connection = Session.open(options.address(), "wisent");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = " + LOCKS.toMillis());
            answersSoon(connection);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            reached = true;
            return connection;
        } catch (SQLException failed) {
            end(connection);
            throw failed;
        }
    }

    /// The server's process behind a connection, which is asked for once.
    Optional<CopySession.Backend> backend(Connection connection) throws SQLException {
        synchronized (backends) {
            CopySession.Backend known = backends.get(connection);
            if (known != null) {
                return Optional.of(known);
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT pid, backend_start::text FROM pg_catalog.pg_stat_activity"
                                + " WHERE pid = pg_backend_pid()")) {
            if (!row.next()) {
                return Optional.empty();
            }
            CopySession.Backend backend = new CopySession.Backend(row.getInt(1), row.getString(2));
            synchronized (backends) {
                backends.put(connection, backend);
            }
            return Optional.of(backend);
        }
    }

    /// From now on the server works on many rows: its answers may be late.
    void mayWork(Connection connection) throws SQLException {
        wait(connection, WORK);
    }

    /// From now on a server that is silent for longer than any lock is waited for is gone.
    void answersSoon(Connection connection) throws SQLException {
        wait(connection, ANSWERS);
    }

    private void wait(Connection connection, Duration patience) throws SQLException {
        if (!options.address().saysSilence()) {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
        }
    }

    private synchronized Optional<Connection> idle() {
        return Optional.ofNullable(idle.poll());
    }

    /// Back, without an open transaction.
    void give(Connection connection) {
        try {
            answersSoon(connection);
        } catch (SQLException gone) {
            end(connection);
            return;
        }
        synchronized (this) {
            if (!closed) {
                idle.add(connection);
                return;
            }
        }
        end(connection);
    }

    /// Runs `work` in a connection of its own, and commits.
    <T> T call(String what, Work<T> work) {
        try {
            return worked(work);
        } catch (SQLException failed) {
            throw failure(failed, what);
        }
    }

    /// The same, but a server that was there and is away is waited for: `work` is done again, and changes nothing the second
    /// time.
    <T> T callAgain(String what, Work<T> work) {
        boolean was = reached;
        try {
            return patiently(() -> worked(work), () -> !was, PATIENCE);
        } catch (SQLException failed) {
            throw failure(failed, what);
        }
    }

    private <T> T worked(Work<T> work) throws SQLException {
        Connection connection = take();
        try {
            T result = work.in(connection);
            connection.commit();
            give(connection);
            return result;
        } catch (SQLException | RuntimeException failed) {
            end(connection);
            throw failed;
        }
    }

    /// One that answers; a server that is away is waited for.
    ///
    /// @param unwanted whether nobody waits any more
    Connection takePatiently(BooleanSupplier unwanted) throws SQLException {
        return patiently(this::take, unwanted, PATIENCE_OF_SESSIONS);
    }

    private static <T> T patiently(Attempt<T> attempt, BooleanSupplier unwanted, Duration patience)
            throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return attempt.run();
            } catch (SQLException failed) {
                if (!PostgresFailure.isLost(failed) || System.nanoTime() > end || unwanted.getAsBoolean()) {
                    throw failed;
                }
                pause(failed);
            }
        }
    }

    private static void pause(SQLException failed) throws SQLException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed;
        }
    }

    WisentException failure(SQLException failed, String what) {
        return PostgresFailure.of(failed, Side.DESTINATION, options.address()).tried(what);
    }

    /// The same of something in a table.
    WisentException failure(SQLException failed, String what, TableName table) {
        return failure(failed, what).where(options.address() + ", table " + table);
    }

    WisentException foreign(TableName table, String what) {
        return WisentException.of(ErrorCode.DESTINATION_FOREIGN, what)
                .where(options.address() + ", table " + table)
                .tried("comparing the table with the one Wisent wrote last")
                .hint(
                        "to fill it anew from the source: wisent stream reset FILE; to keep it as it is, bring back the table"
                                + " that was there, or name another destination_id")
                .next("wisent stream reset FILE");
    }

    /// Closes it; what is open in it is rolled back by the server.
    static void end(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            // it was lost already, and the server knows
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (Optional<Connection> one = idle(); one.isPresent(); one = idle()) {
            end(one.get());
        }
    }
}
