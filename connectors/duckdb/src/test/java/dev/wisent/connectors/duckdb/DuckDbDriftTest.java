package dev.wisent.connectors.duckdb;

import dev.wisent.connectors.sql.DriftContract;
import dev.wisent.connectors.sql.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class DuckDbDriftTest extends DriftContract {
    @TempDir
    Path databases;

    private int cursors;

    private Path file(String name) {
        return databases.resolve(name + ".duckdb");
    }

    @Override
    protected void run(String name, String... statements) throws Exception {
        new Db(file(name)).run(statements);
    }

    @Override
    protected String source(String name, List<String> tables) {
        return "name: duckdb, stream: " + tables + ", database: \"" + file(name) + "\"";
    }

    @Override
    protected String destination(String name) {
        return "name: duckdb, config: {database: \"" + file(name + "-target") + "\"";
    }

    @Override
    protected TestDatabase targets(String name) {
        return new Db(file(name + "-target"));
    }

    @Override
    protected String cursor() {
        return String.valueOf(++cursors);
    }

    @Override
    protected String cursorType() {
        return "BIGINT";
    }

    /// Those of SQLite and PostgreSQL are.
    @Override
    protected boolean contractsAreEveryday() {
        return false;
    }

    @Override
    protected List<String> retyped(String table, String type) {
        return List.of("ALTER TABLE " + table + " ALTER COLUMN amount TYPE " + type);
    }
}
