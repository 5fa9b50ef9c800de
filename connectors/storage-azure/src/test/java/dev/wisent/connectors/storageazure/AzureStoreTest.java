package dev.wisent.connectors.storageazure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.storage.CreateProbe;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.ObjectStoreContract;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Skipped where there is no Azurite; `.ci/run` installs it and takes no skips.
class AzureStoreTest extends ObjectStoreContract {
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static Optional<Azurite> azurite = Optional.empty();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Optional<Path> program = Azurite.program();
        assumeTrue(program.isPresent(), "there is no azurite-blob on the path: npm install -g azurite");
        azurite = Optional.of(Azurite.start(program.orElseThrow(), folder));
    }

    @AfterAll
    static void stop() {
        azurite.ifPresent(Azurite::close);
    }

    @Override
    protected ObjectStore open() {
        String container = "container-" + PLACES.incrementAndGet();
        azurite.orElseThrow().createContainer(container);
        return open(container, azurite.orElseThrow().options(Azurite.KEY));
    }

    private static ObjectStore open(String container, Map<String, String> options) {
        return new Stores(name -> Optional.of(new AzureFactory()), Map.of())
                .open("abfss://" + container + "@" + Azurite.ACCOUNT + ".dfs.core.windows.net/some/prefix", options);
    }

    private static StorageFailure failure(ObjectStore store) {
        return catchThrowableOfType(StorageFailure.class, () -> store.list(ListRequest.of("")));
    }

    @Test
    void the_probe_finds_that_a_second_put_is_refused_and_leaves_nothing() {
        CreateProbe.check(store());

        assertThat(paths(ListRequest.of(""))).isEmpty();
    }

    @Test
    void a_wrong_key_is_told_as_such_and_not_shown() {
        String wrong =
                Base64.getEncoder().encodeToString("a wrong key of some length".getBytes(StandardCharsets.UTF_8));
        try (ObjectStore store = open("container-1", azurite.orElseThrow().options(wrong))) {
            StorageFailure failure = failure(store);
            StringWriter said = new StringWriter();
            failure.printStackTrace(new PrintWriter(said));

            assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.DENIED);
            assertThat(said + failure.hint()).doesNotContain(wrong);
        }
    }

    @Test
    void a_container_that_is_not_there_is_named() {
        try (ObjectStore store = open("no-such-container", azurite.orElseThrow().options(Azurite.KEY))) {
            StorageFailure failure = failure(store);

            assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.NOT_FOUND);
            assertThat(failure.what()).contains("container");
            assertThat(failure.where()).contains("no-such-container");
        }
    }
}
