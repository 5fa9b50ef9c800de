package dev.wisent.connectors.storagegcs;

import dev.wisent.api.destination.Destination;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.core.file.FileFactory;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.StoredFolderContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The file destination in Google Cloud Storage, or what stands in for it.
@Tag("sweep")
class GcsFolderContractTest extends StoredFolderContract {
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static Optional<GcsServer> server = Optional.empty();

    private final String url = "gs://folders/place" + PLACES.incrementAndGet();

    @BeforeAll
    static void start() throws IOException {
        GcsServer started = new GcsServer();
        started.createBucket("folders");
        server = Optional.of(started);
    }

    @AfterAll
    static void stop() {
        server.orElseThrow().close();
    }

    private static Map<String, String> options() {
        return Map.of(
                "google_endpoint",
                server.orElseThrow().endpoint(),
                "google_allow_http",
                "true",
                "google_skip_signature",
                "true");
    }

    private static Stores stores() {
        return new Stores(name -> Optional.of(new GcsFactory()), Map.of());
    }

    @Override
    protected ObjectStore store() {
        return stores().open(url, options());
    }

    private static Destination at(String url) {
        return Configured.destination(
                new FileFactory(), stores(), Map.of("path", url + "/", "storage_options", options()));
    }

    @Override
    protected Destination open() {
        return at(url);
    }

    @Override
    protected Optional<Unusable> unusable() {
        return Optional.of(new Unusable(at("gs://" + GcsServer.PRIVATE + "/place"), List.of()));
    }
}
