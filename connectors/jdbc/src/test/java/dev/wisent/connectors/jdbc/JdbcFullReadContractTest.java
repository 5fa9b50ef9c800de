package dev.wisent.connectors.jdbc;

import dev.wisent.api.SyncMode;
import dev.wisent.api.source.StreamInfo;

/// The same table as a whole, in the order of its key.
class JdbcFullReadContractTest extends JdbcSourceContractTest {
    @Override
    protected SyncMode mode(StreamInfo stream) {
        return SyncMode.FULL_REFRESH;
    }
}
