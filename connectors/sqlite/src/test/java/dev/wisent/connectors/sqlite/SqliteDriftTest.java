package dev.wisent.connectors.sqlite;

import dev.wisent.connectors.sql.DriftContract;
import dev.wisent.connectors.sql.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteDriftTest extends DriftContract {
    @TempDir
    Path databases;

    private int cursors;

    private Path file(String name) {
        return databases.resolve(name + ".db");
    }

    @Override
    protected void run(String name, String... statements) throws Exception {
        new SqliteReader(file(name)).run(statements);
    }

    @Override
    protected String source(String name, List<String> tables) {
        return "name: sqlite, stream: " + tables + ", database: \"" + file(name) + "\"";
    }

    @Override
    protected String destination(String name) {
        return "name: sqlite, config: {database: \"" + file(name + "-target") + "\"";
    }

    @Override
    protected TestDatabase targets(String name) {
        return new SqliteReader(file(name + "-target"));
    }

    @Override
    protected String cursor() {
        return String.valueOf(++cursors);
    }

    @Override
    protected String cursorType() {
        return "BIGINT";
    }

    @Override
    protected List<String> retyped(String table, String type) {
        return List.of(
                "ALTER TABLE " + table + " RENAME TO olds",
                "CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, name TEXT, amount " + type + ", seen BIGINT)",
                "INSERT INTO " + table + " SELECT * FROM olds",
                "DROP TABLE olds");
    }

    @Override
    protected boolean tellsIntegers() {
        return false;
    }
}
