package dev.wisent.testkit;

import dev.wisent.api.state.StateStore;
import dev.wisent.engine.state.SqliteStateStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStateStoreContractTest extends StateStoreContract {
    @TempDir
    Path folder;

    @Override
    protected StateStore open() {
        return SqliteStateStore.open(folder.resolve("state.db"));
    }
}
