package dev.wisent.connectors.postgres;

import dev.wisent.connectors.sql.DriftContract;
import dev.wisent.connectors.sql.TestDatabase;
import java.util.List;

class PostgresDriftTest extends DriftContract {
    private static final PostgresServer.Database DATABASE =
            PostgresServer.shared().database();

    private static String keys(String name) {
        return "host: localhost, port: " + PostgresServer.shared().port() + ", database: " + DATABASE.name()
                + ", username: postgres";
    }

    @Override
    protected void run(String name, String... statements) {
        DATABASE.run("CREATE SCHEMA IF NOT EXISTS " + name + "; SET search_path = " + name + "; "
                + String.join("; ", statements));
    }

    @Override
    protected String source(String name, List<String> tables) {
        return "name: postgres, stream: "
                + tables.stream().map(table -> name + "." + table).toList() + ", " + keys(name);
    }

    @Override
    protected String destination(String name) {
        return "name: postgres, config: {" + keys(name) + ", schema: " + name + "_target";
    }

    @Override
    protected TestDatabase targets(String name) {
        return DATABASE::connect;
    }

    @Override
    protected String target(String name, String table) {
        return name + "_target." + table;
    }

    @Override
    protected String cursor() {
        return "clock_timestamp()";
    }

    @Override
    protected String cursorType() {
        return "timestamptz";
    }

    @Override
    protected List<String> retyped(String table, String type) {
        return List.of("ALTER TABLE " + table + " ALTER COLUMN amount TYPE " + type);
    }

    @Override
    protected boolean tellsTables() {
        return true;
    }

    @Override
    protected String replaced(Drift drift) {
        return drift == Drift.TABLE_TRUNCATED ? "was emptied or rewritten" : "was dropped and made anew";
    }

    @Override
    protected List<String> rekeyed(String table) {
        return List.of("ALTER TABLE " + table + " DROP CONSTRAINT " + table + "_pkey, ADD PRIMARY KEY (amount)");
    }

    @Override
    protected List<String> rekeyedTold() {
        return List.of("the key of", "was (id) and is (amount) now", "(contract: table)");
    }

    @Override
    protected String truncate(String table) {
        return "TRUNCATE " + table;
    }
}
