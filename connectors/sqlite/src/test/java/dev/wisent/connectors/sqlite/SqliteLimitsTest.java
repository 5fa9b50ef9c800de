package dev.wisent.connectors.sqlite;

import dev.wisent.connectors.sql.LimitsContract;
import dev.wisent.connectors.sql.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLimitsTest extends LimitsContract {
    @TempDir
    Path databases;

    @Override
    protected TestDatabase from() {
        return new SqliteReader(databases.resolve("from.db"));
    }

    @Override
    protected TestDatabase to() {
        return new SqliteReader(databases.resolve("to.db"));
    }

    @Override
    protected String source() {
        return "name: sqlite, database: \"" + databases.resolve("from.db") + "\"";
    }

    @Override
    protected String destination() {
        return "name: sqlite, config: {database: \"" + databases.resolve("to.db") + "\"";
    }

    /// `SQLITE_MAX_COLUMN`, which also bounds what a SELECT gives, less one for the rowid that tables are read by.
    @Override
    protected int mostColumns() {
        return 1_999;
    }

    @Override
    protected String text(int row, int length) {
        return "'" + row + "' || substr(hex(randomblob(" + length / 2 + ")), "
                + (String.valueOf(row).length() + 1) + ")";
    }

    @Override
    protected int tooManyColumns() {
        return 2_001;
    }
}
