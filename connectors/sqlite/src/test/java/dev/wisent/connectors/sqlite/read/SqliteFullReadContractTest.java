package dev.wisent.connectors.sqlite.read;

import dev.wisent.api.SyncMode;
import dev.wisent.api.source.StreamInfo;
import java.util.Map;

/// The same table as a whole, in ranges of its key.
class SqliteFullReadContractTest extends SqliteSourceContractTest {
    @Override
    protected SyncMode mode(StreamInfo stream) {
        return SyncMode.FULL_REFRESH;
    }

    @Override
    Map<String, ?> config() {
        return Map.of("database", folder.resolve("shop.db").toString(), "splits", 5);
    }
}
