package dev.wisent.connectors.duckdb.load;

import dev.wisent.connectors.duckdb.Db;
import dev.wisent.connectors.sql.TestDatabase;
import dev.wisent.connectors.sql.staged.FileChildTablesKills;
import java.nio.file.Path;

class DuckDbChildTablesKillsTest extends FileChildTablesKills {
    @Override
    protected String destination() {
        return "duckdb";
    }

    @Override
    protected TestDatabase open(Path file) {
        return new Db(file);
    }
}
