package dev.wisent.connectors.sqlite.load;

import dev.wisent.connectors.sql.TestDatabase;
import dev.wisent.connectors.sql.staged.FileChildTablesKills;
import dev.wisent.connectors.sqlite.SqliteReader;
import java.nio.file.Path;

class SqliteChildTablesKillsTest extends FileChildTablesKills {
    @Override
    protected String destination() {
        return "sqlite";
    }

    @Override
    protected TestDatabase open(Path file) {
        return new SqliteReader(file);
    }
}
