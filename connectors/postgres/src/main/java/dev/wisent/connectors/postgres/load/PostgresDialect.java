package dev.wisent.connectors.postgres.load;

import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.postgres.PostgresFailure;
import dev.wisent.connectors.postgres.Side;
import dev.wisent.connectors.sql.SqlDialect;
import java.sql.SQLException;

/// PostgreSQL's SQL. Keys are compared byte by byte, whatever the database's collation.
record PostgresDialect(PostgresOptions options) implements SqlDialect {
    @Override
    public String table(String name) {
        return new TableName(options.schema(), name).quoted();
    }

    @Override
    public String keyType() {
        return "text COLLATE \"C\"";
    }

    @Override
    public String textType() {
        return "text";
    }

    @Override
    public String forUpdate() {
        return "FOR UPDATE";
    }

    @Override
    public WisentException failure(SQLException cause, String what) {
        WisentException failure = PostgresFailure.of(cause, Side.DESTINATION, options.address());
        return failure.tried(what);
    }

    /// Not of COMMIT alone: a server that is shut down may have written it before.
    @Override
    public boolean leavesOpen(SQLException cause) {
        return PostgresFailure.isLost(cause) || PostgresFailure.state(cause).isEmpty();
    }
}
