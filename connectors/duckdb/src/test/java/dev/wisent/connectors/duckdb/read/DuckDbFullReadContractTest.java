package dev.wisent.connectors.duckdb.read;

import dev.wisent.api.SyncMode;
import dev.wisent.api.source.StreamInfo;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/// The same table as a whole, in ranges of its key. Every day this is seen on PostgreSQL, MySQL and SQLite, whose chunks are
/// the same.
@Tag("sweep")
class DuckDbFullReadContractTest extends DuckDbSourceContractTest {
    @Override
    protected SyncMode mode(StreamInfo stream) {
        return SyncMode.FULL_REFRESH;
    }

    @Override
    Map<String, ?> config() {
        return Map.of("database", folder.resolve("shop.db").toString(), "splits", 5);
    }
}
