package dev.wisent.connectors.delta;

import dev.wisent.connectors.storages3.S3Server;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class S3DeltaContractTest extends DeltaContract {
    private static Optional<Places> places = Optional.empty();

    @BeforeAll
    static void start() {
        places = Optional.of(Places.s3(new S3Server()));
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
