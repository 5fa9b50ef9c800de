package dev.wisent.connectors.delta;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.ObjectStoreFactory;
import dev.wisent.connectors.storageazure.AzureFactory;
import dev.wisent.connectors.storageazure.Azurite;
import dev.wisent.connectors.storagegcs.GcsFactory;
import dev.wisent.connectors.storagegcs.GcsServer;
import dev.wisent.connectors.storages3.S3Factory;
import dev.wisent.connectors.storages3.S3Server;
import dev.wisent.storage.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Where tables can be: a place each time it is asked, in one kind of store.
interface Places extends AutoCloseable {
    /// A table's URL and what opens its store.
    record Place(String url, Map<String, String> options) {
        /// A connection of its own.
        ObjectStore open() {
            return stores().open(url, options);
        }

        /// As YAML writes it in one line.
        String yaml() {
            StringBuilder text = new StringBuilder("path: \"" + url + "\"");
            if (!options.isEmpty()) {
                text.append(", storage_options: {");
                options.forEach((name, value) ->
                        text.append(name).append(": \"").append(value).append("\", "));
                text.setLength(text.length() - 2);
                text.append('}');
            }
            return text.toString();
        }
    }

    Place next();

    /// All kinds of stores.
    static Stores stores() {
        List<ObjectStoreFactory> factories = List.of(new S3Factory(), new GcsFactory(), new AzureFactory());
        return new Stores(
                name -> factories.stream()
                        .filter(factory -> factory.name().equals(name))
                        .findFirst(),
                Map.of());
    }

    @Override
    void close();

    AtomicInteger NUMBERS = new AtomicInteger();

    static Places local(Path folder) {
        return of(
                () -> new Place(
                        folder.resolve("table " + NUMBERS.incrementAndGet()).toString(), Map.of()),
                () -> {});
    }

    static Places s3(S3Server server) {
        return of(() -> in(server), () -> {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    static Place in(S3Server server) {
        String bucket = "bucket-" + NUMBERS.incrementAndGet();
        server.createBucket(bucket);
        return new Place(server.url(bucket + "/tables/orders"), S3Server.credentials());
    }

    static Places gcs() throws IOException {
        GcsServer server = new GcsServer();
        Map<String, String> options = Map.of(
                "google_endpoint", server.endpoint(), "google_allow_http", "true", "google_skip_signature", "true");
        return of(
                () -> {
                    String bucket = "bucket-" + NUMBERS.incrementAndGet();
                    server.createBucket(bucket);
                    return new Place("gs://" + bucket + "/tables/orders", options);
                },
                server::close);
    }

    /// Skips the test where there is no Azurite; `.ci/run` installs it and takes no skips.
    static Places azure(Path folder) throws IOException {
        Optional<Path> program = Azurite.program();
        assumeTrue(program.isPresent(), "there is no azurite-blob on the path: npm install -g azurite");
        Azurite azurite = Azurite.start(program.orElseThrow(), folder);
        return of(
                () -> {
                    String container = "container-" + NUMBERS.incrementAndGet();
                    azurite.createContainer(container);
                    return new Place(
                            "abfss://" + container + "@" + Azurite.ACCOUNT + ".dfs.core.windows.net/tables/orders",
                            azurite.options(Azurite.KEY));
                },
                azurite::close);
    }

    private static Places of(java.util.function.Supplier<Place> next, Runnable close) {
        return new Places() {
            @Override
            public Place next() {
                return next.get();
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }
}
