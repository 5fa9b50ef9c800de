package dev.wisent.connectors.delta;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// In the sweep: the destination asks nothing of a store that the contract of stores does not test there every day.
@Tag("sweep")
class GcsDeltaContractTest extends DeltaContract {
    private static Optional<Places> places = Optional.empty();

    @BeforeAll
    static void start() throws IOException {
        places = Optional.of(Places.gcs());
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
