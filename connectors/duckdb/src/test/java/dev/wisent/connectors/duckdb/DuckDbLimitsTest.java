package dev.wisent.connectors.duckdb;

import dev.wisent.connectors.sql.LimitsContract;
import dev.wisent.connectors.sql.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DuckDbLimitsTest extends LimitsContract {
    @TempDir
    Path databases;

    @Override
    protected TestDatabase from() {
        return new Db(databases.resolve("from.duckdb"));
    }

    @Override
    protected TestDatabase to() {
        return new Db(databases.resolve("to.duckdb"));
    }

    @Override
    protected String source() {
        return "name: duckdb, database: \"" + databases.resolve("from.duckdb") + "\"";
    }

    @Override
    protected String destination() {
        return "name: duckdb, config: {database: \"" + databases.resolve("to.duckdb") + "\"";
    }

    /// DuckDB has no limit; as many as PostgreSQL.
    @Override
    protected int mostColumns() {
        return 1_600;
    }

    @Override
    protected String text(int row, int length) {
        return "(SELECT string_agg(md5((i + " + row + ")::VARCHAR), '') FROM range(" + length / 32 + ") r(i))";
    }
}
