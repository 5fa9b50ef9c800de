package dev.wisent.testkit;

import dev.wisent.api.state.StateStore;
import dev.wisent.engine.state.SqliteStateStore;

class InMemoryStateStoreContractTest extends StateStoreContract {
    @Override
    protected StateStore open() {
        return SqliteStateStore.inMemory();
    }

    /// It forgets.
    @Override
    protected StateStore reopened(StateStore before) {
        return before;
    }
}
