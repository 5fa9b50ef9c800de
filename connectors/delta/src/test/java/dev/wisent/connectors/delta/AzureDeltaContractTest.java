package dev.wisent.connectors.delta;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// In the sweep: the destination asks nothing of a store that the contract of stores does not test there every day.
@Tag("sweep")
class AzureDeltaContractTest extends DeltaContract {
    private static Optional<Places> places = Optional.empty();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        places = Optional.of(Places.azure(folder));
    }

    @AfterAll
    static void stop() {
        places.ifPresent(Places::close);
    }

    @Override
    Places.Place place() {
        return places.orElseThrow().next();
    }
}
