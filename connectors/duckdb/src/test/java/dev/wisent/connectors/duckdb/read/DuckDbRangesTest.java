package dev.wisent.connectors.duckdb.read;

import dev.wisent.connectors.duckdb.Db;
import dev.wisent.connectors.duckdb.DuckDbFile;
import dev.wisent.connectors.sql.read.RangesContract;
import dev.wisent.connectors.sql.read.ReadDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class DuckDbRangesTest extends RangesContract {
    @TempDir
    Path folder;

    @Override
    protected ReadDatabase database() {
        return new DuckDbTables(new DuckDbFile(folder.resolve("shop.db"), DuckDbFile.Access.READ_ONLY));
    }

    @Override
    protected void run(String... statements) throws SQLException {
        new Db(folder.resolve("shop.db")).run(statements);
    }

    @Override
    protected boolean isEven() {
        return true;
    }
}
