package dev.wisent.connectors.delta;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalDeltaContractTest extends DeltaContract {
    @TempDir
    Path folder;

    @Override
    Places.Place place() {
        return Places.local(folder).next();
    }
}
