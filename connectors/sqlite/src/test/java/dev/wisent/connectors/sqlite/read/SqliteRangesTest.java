package dev.wisent.connectors.sqlite.read;

import dev.wisent.connectors.sql.read.RangesContract;
import dev.wisent.connectors.sql.read.ReadDatabase;
import dev.wisent.connectors.sqlite.SqliteFile;
import dev.wisent.connectors.sqlite.SqliteReader;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class SqliteRangesTest extends RangesContract {
    @TempDir
    Path folder;

    @Override
    protected ReadDatabase database() {
        return new SqliteTables(new SqliteFile(folder.resolve("shop.db"), SqliteFile.Access.READ_ONLY));
    }

    @Override
    protected void run(String... statements) throws SQLException {
        new SqliteReader(folder.resolve("shop.db")).run(statements);
    }

    @Override
    protected boolean isEven() {
        return true;
    }
}
