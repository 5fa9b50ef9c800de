package dev.wisent.engine.state;

import dev.wisent.api.state.StateStore;
import dev.wisent.api.state.StateStoreHandle;
import java.util.Optional;

/// A store that is forgotten with the process.
record InMemoryHandle() implements StateStoreHandle {
    @Override
    public String location() {
        return "in memory, for this process only";
    }

    @Override
    public StateStore open() {
        return SqliteStateStore.inMemory();
    }

    @Override
    public Optional<StateStore> openExisting() {
        return Optional.empty();
    }

    @Override
    public String check() {
        return location();
    }
}
