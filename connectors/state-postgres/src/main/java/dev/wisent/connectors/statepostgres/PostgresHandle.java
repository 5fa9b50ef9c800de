package dev.wisent.connectors.statepostgres;

import dev.wisent.api.state.StateStore;
import dev.wisent.api.state.StateStoreHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalInt;

/// A store in `options.schema()`, not open yet.
record PostgresHandle(PostgresOptions options) implements StateStoreHandle {
    @Override
    public String location() {
        return "postgres, " + options.location();
    }

    @Override
    public StateStore open() {
        new Schema(options).bringUpToDate();
        return new PostgresStateStore(new Session(options));
    }

    @Override
    public Optional<StateStore> openExisting() {
        OptionalInt version;
        try (Connection connection = Session.connect(options)) {
            version = new Schema(options).version(connection);
        } catch (SQLException failed) {
            throw Failure.of(failed, options);
        }
        return version.isEmpty() ? Optional.empty() : Optional.of(open());
    }

    /// Writes a row, or makes the schema and a table, in a transaction that is rolled back.
    @Override
    public String check() {
        Schema schema = new Schema(options);
        try (Connection connection = Session.connect(options)) {
            OptionalInt version = schema.version(connection);
            boolean exists = schema.exists(connection);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                String quoted = Session.quoted(options.schema());
                if (version.isPresent() && version.getAsInt() == Schema.NEWEST) {
                    statement.execute("INSERT INTO " + quoted
                            + ".wisent_progress (pipeline_id, stream, json, saved) VALUES ('', '', '{}', now())");
                    statement.execute("UPDATE " + quoted + ".wisent_leases SET expires = expires WHERE false");
                    statement.execute("UPDATE " + quoted + ".wisent_runs SET status = status WHERE false");
                    statement.execute("UPDATE " + quoted + ".wisent_resets SET status = status WHERE false");
                } else {
                    if (!exists) {
                        statement.execute("CREATE SCHEMA " + quoted);
                    }
                    statement.execute("CREATE TABLE " + quoted + ".wisent_check (id int)");
                }
            } finally {
                connection.rollback();
            }
            if (version.isPresent()) {
                return version.getAsInt() == Schema.NEWEST
                        ? location()
                        : location() + ", brought up to date by the first run";
            }
            return location() + (exists ? ", its tables" : ", the schema") + " made by the first run";
        } catch (SQLException failed) {
            throw Failure.of(failed, options);
        }
    }
}
