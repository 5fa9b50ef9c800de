package dev.wisent.connectors.storages3;

import dev.wisent.api.destination.Destination;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.core.file.FileFactory;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.StoredFolderContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The file destination in S3.
class S3FolderContractTest extends StoredFolderContract {
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static Optional<S3Server> server = Optional.empty();

    private final String url = server.orElseThrow().url("folders/place" + PLACES.incrementAndGet());

    @BeforeAll
    static void start() {
        S3Server started = new S3Server();
        started.createBucket("folders");
        server = Optional.of(started);
    }

    @AfterAll
    static void stop() throws Exception {
        server.orElseThrow().close();
    }

    private static Stores stores() {
        return new Stores(name -> Optional.of(new S3Factory()), Map.of());
    }

    @Override
    protected ObjectStore store() {
        return stores().open(url, S3Server.credentials());
    }

    private static Destination at(String url, Map<String, String> options) {
        return Configured.destination(
                new FileFactory(), stores(), Map.of("path", url + "/", "storage_options", options));
    }

    @Override
    protected Destination open() {
        return at(url, S3Server.credentials());
    }

    @Override
    protected Optional<Unusable> unusable() {
        Map<String, String> wrong = new HashMap<>(S3Server.credentials());
        wrong.put("aws_secret_access_key", "not-the-secret-key");
        return Optional.of(new Unusable(at(url, wrong), List.of("not-the-secret-key")));
    }
}
