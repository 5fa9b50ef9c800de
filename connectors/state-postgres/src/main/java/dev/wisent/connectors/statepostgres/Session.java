package dev.wisent.connectors.statepostgres;

import dev.wisent.api.error.WisentException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// The one connection of a store, made anew when it is lost. A process asks little of its store, so many pipelines need as
/// many connections and no pool. Every statement is a transaction of its own and may be given twice with the same effect:
/// when the connection is lost in the middle of one, nobody knows whether it took effect, and it is given again.
///
/// Safe for several threads; they take turns.
final class Session implements AutoCloseable {
    /// How long a call asks for a connection again, once there was one: a server that is restarted is back by then. Less than
    /// a lease lives, so that a heartbeat may fail once.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final PostgresOptions options;
    private Optional<Connection> open = Optional.empty();

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /// Connects, or says why not. No second try: what is wrong now was wrong before.
    Session(PostgresOptions options) {
        this.options = options;
        try {
            open = Optional.of(connect(options));
        } catch (SQLException failed) {
            throw Failure.of(failed, options);
        }
    }

    static Connection connect(PostgresOptions options) throws SQLException {
        return Optional.ofNullable(new Driver()
                        .connect(options.address().jdbc(), options.address().properties()))
                .orElseThrow(() -> new SQLException("the driver does not take this address"));
    }

    PostgresOptions options() {
        return options;
    }

    /// @return how many rows changed
    int update(String sql, @Nullable Object... values) {
        return call(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    <T> List<T> query(String sql, Row<T> row, @Nullable Object... values) {
        return call(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, values);
                    ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row.read(result));
                }
                return rows;
            }
        });
    }

    private synchronized <T> T call(Work<T> work) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Connection connection = open.isPresent() ? open.get() : connect(options);
                open = Optional.of(connection);
                return work.run(connection);
            } catch (SQLException failed) {
                boolean lost = Failure.isLost(failed);
                if (lost) {
                    drop();
                }
                if (!lost || System.nanoTime() > end || !pause()) {
                    WisentException error = Failure.of(failed, options);
                    throw lost ? error.tried("connecting again for " + PATIENCE.toSeconds() + " s") : error;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// `{}` in `sql` is the schema.
    private PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.replace("{}", quoted(options.schema())));
        for (int i = 0; i < values.length; i++) {
            // a time is handed over with its offset, so the session's zone does not matter
            Object value =
                    values[i] instanceof Instant time ? OffsetDateTime.ofInstant(time, ZoneOffset.UTC) : values[i];
            statement.setObject(i + 1, value);
        }
        return statement;
    }

    static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private void drop() {
        open.ifPresent(connection -> {
            try {
                connection.close();
            } catch (SQLException gone) {
                // it was lost already, which is why it is dropped
            }
        });
        open = Optional.empty();
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
