package dev.wisent.connectors.sqlite.read;

import dev.wisent.api.SyncMode;
import dev.wisent.api.source.StreamInfo;

/// The same table as a whole, in the order of its key.
class SqliteFullReadContractTest extends SqliteSourceContractTest {
    @Override
    protected SyncMode mode(StreamInfo stream) {
        return SyncMode.FULL_REFRESH;
    }
}
