package dev.wisent.connectors.statepostgres;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/// How the tables come to be: numbered steps in the resources, taken by Flyway, kept in `wisent_migrations` (R11). A store
/// that is up to date is told so by one query, and Flyway is not even loaded.
final class Schema {
    /// The number of the newest step there is.
    static final int NEWEST = 1;

    private static final String HISTORY = "wisent_migrations";
    private static final String STEPS = "classpath:dev/wisent/connectors/statepostgres/migrations";

    private final PostgresOptions options;

    Schema(PostgresOptions options) {
        this.options = options;
    }

    /// The number of the last step the store has seen; empty: there is none, or no schema. Refuses a newer one.
    OptionalInt version(Connection connection) throws SQLException {
        String history = Session.quoted(options.schema()) + "." + HISTORY;
        if (!is("SELECT to_regclass(?) IS NOT NULL", history, connection)) {
            return OptionalInt.empty();
        }
        int version;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(max(version::numeric), 0)::int FROM " + history + " WHERE success")) {
            row.next();
            version = row.getInt(1);
        }
        if (version > NEWEST) {
            throw WisentException.of(
                            ErrorCode.STATE_NEWER,
                            "the state was written by a newer version of Wisent (format " + version
                                    + ", this one knows " + NEWEST + ")")
                    .where(options.location())
                    .hint("run the newer version, or name another schema in engine.backend");
        }
        return OptionalInt.of(version);
    }

    boolean exists(Connection connection) throws SQLException {
        return is("SELECT count(*) > 0 FROM pg_namespace WHERE nspname = ?", options.schema(), connection);
    }

    private static boolean is(String question, String about, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, about);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /// Makes what is not there, brings up to date what is older, refuses what is newer. Of several processes one works and
    /// the others wait.
    void bringUpToDate() {
        try (Connection guard = Session.connect(options)) {
            if (isCurrent(guard)) {
                return;
            }
            guard.setAutoCommit(false);
            try (PreparedStatement lock =
                    guard.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
                lock.setString(1, "wisent state store " + options.schema());
                lock.execute();
            }
            if (!isCurrent(guard)) { // nobody was first
                if (!exists(guard)) {
                    make();
                }
                migrate();
            }
            guard.rollback(); // ends the lock
        } catch (SQLException failed) {
            throw Failure.of(failed, options);
        }
    }

    private boolean isCurrent(Connection connection) throws SQLException {
        OptionalInt version = version(connection);
        return version.isPresent() && version.getAsInt() == NEWEST;
    }

    private void make() throws SQLException {
        try (Connection connection = Session.connect(options);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + Session.quoted(options.schema()));
        }
    }

    private void migrate() throws SQLException {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .loggers(QuietLogs.class.getName())
                    .dataSource(dataSource())
                    .defaultSchema(options.schema())
                    .schemas(options.schema())
                    .createSchemas(false)
                    .table(HISTORY)
                    .locations(STEPS)
                    // the schema may hold tables of others
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw of(failed);
        }
    }

    private PGSimpleDataSource dataSource() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(options.address().jdbc());
        Properties properties = options.address().properties();
        for (String name : properties.stringPropertyNames()) {
            source.setProperty(name, properties.getProperty(name));
        }
        return source;
    }

    private WisentException of(FlywayException failed) {
        Optional<SQLException> cause = Optional.empty();
        for (Throwable at = failed; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                cause = Optional.of(sql);
            }
        }
        return cause.map(sql -> Failure.of(sql, options))
                .orElseGet(() -> WisentException.of(
                                ErrorCode.STATE_STORE,
                                "the tables of the state store could not be brought up to date: "
                                        + String.valueOf(failed.getMessage()).strip())
                        .where(options.location())
                        .hint("tables named wisent_… in this schema were changed by hand; name another schema in"
                                + " engine.backend, or drop them: progress is read from the destination")
                        .causedBy(failed));
    }
}
