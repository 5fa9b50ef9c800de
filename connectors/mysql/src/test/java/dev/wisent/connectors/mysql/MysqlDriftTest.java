package dev.wisent.connectors.mysql;

import dev.wisent.connectors.sql.DriftContract;
import dev.wisent.connectors.sql.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class MysqlDriftTest extends DriftContract {
    /// What is written in the second a run begins in is final with the next one; the time a table was made is told in seconds.
    private static final long SETTLED_MILLIS = 1_100;

    private final Map<String, MariaDbServer.Database> databases = new HashMap<>();

    private MariaDbServer.Database database(String name) {
        return databases.computeIfAbsent(name, unused -> MariaDbServer.shared().database());
    }

    private String keys(String name) {
        return database(name).keys(Map.of()).entrySet().stream()
                .map(key ->
                        key.getKey() + ": '" + String.valueOf(key.getValue()).replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
    }

    @Override
    protected void run(String name, String... statements) {
        database(name).run(statements);
    }

    @Override
    protected String source(String name, List<String> tables) {
        return "name: mysql, stream: " + tables + ", " + keys(name);
    }

    @Override
    protected String destination(String name) {
        return "name: mysql, config: {" + keys(name + "_target");
    }

    @Override
    protected TestDatabase targets(String name) {
        return database(name + "_target")::connect;
    }

    @Override
    protected String cursor() {
        return "NOW(6)";
    }

    @Override
    protected String cursorType() {
        return "TIMESTAMP(6) NULL";
    }

    /// Those of SQLite and PostgreSQL are.
    @Override
    protected boolean contractsAreEveryday() {
        return false;
    }

    @Override
    protected List<String> retyped(String table, String type) {
        return List.of("ALTER TABLE " + table + " MODIFY amount " + type);
    }

    @Override
    protected boolean tellsTables() {
        return true;
    }

    @Override
    protected boolean needsKey() {
        return true;
    }

    @Override
    protected String replaced(Drift drift) {
        return "was emptied, made anew or rebuilt";
    }

    @Override
    protected List<String> rekeyed(String table) {
        return List.of("ALTER TABLE " + table + " DROP PRIMARY KEY, ADD PRIMARY KEY (amount)");
    }

    @Override
    protected List<String> rekeyedTold() {
        return List.of("was emptied, made anew or rebuilt", "(contract: table)");
    }

    @Override
    protected String truncate(String table) {
        return "TRUNCATE TABLE " + table;
    }

    @Override
    protected void settle() throws InterruptedException {
        Thread.sleep(SETTLED_MILLIS);
    }
}
