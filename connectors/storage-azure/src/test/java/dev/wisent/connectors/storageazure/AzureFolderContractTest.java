package dev.wisent.connectors.storageazure;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.api.destination.Destination;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.core.file.FileFactory;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.StoredFolderContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// The file destination over Azurite. Skipped where there is none; `.ci/run` installs it and takes no skips.
@Tag("sweep")
class AzureFolderContractTest extends StoredFolderContract {
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static final String ANOTHER_KEY = Base64.getEncoder().encodeToString(new byte[64]);
    private static Optional<Azurite> azurite = Optional.empty();

    private final String url =
            "abfss://folders@" + Azurite.ACCOUNT + ".dfs.core.windows.net/place" + PLACES.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Optional<Path> program = Azurite.program();
        assumeTrue(program.isPresent(), "there is no azurite-blob on the path: npm install -g azurite");
        azurite = Optional.of(Azurite.start(program.orElseThrow(), folder));
        azurite.orElseThrow().createContainer("folders");
    }

    @AfterAll
    static void stop() {
        azurite.ifPresent(Azurite::close);
    }

    private static Stores stores() {
        return new Stores(name -> Optional.of(new AzureFactory()), Map.of());
    }

    @Override
    protected ObjectStore store() {
        return stores().open(url, azurite.orElseThrow().options(Azurite.KEY));
    }

    private Destination with(String key) {
        return Configured.destination(
                new FileFactory(),
                stores(),
                Map.of(
                        "path",
                        url + "/",
                        "storage_options",
                        azurite.orElseThrow().options(key)));
    }

    @Override
    protected Destination open() {
        return with(Azurite.KEY);
    }

    @Override
    protected Optional<Unusable> unusable() {
        return Optional.of(new Unusable(with(ANOTHER_KEY), List.of(ANOTHER_KEY)));
    }
}
