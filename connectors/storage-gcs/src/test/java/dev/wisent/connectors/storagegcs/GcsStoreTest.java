package dev.wisent.connectors.storagegcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.storage.CreateProbe;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.ObjectStoreContract;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GcsStoreTest extends ObjectStoreContract {
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static GcsServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new GcsServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected ObjectStore open() {
        String bucket = "bucket-" + PLACES.incrementAndGet();
        server.createBucket(bucket);
        return open("gs://" + bucket + "/some/prefix");
    }

    private static ObjectStore open(String url) {
        Map<String, String> options = Map.of(
                "google_endpoint", server.endpoint(), "google_allow_http", "true", "google_skip_signature", "true");
        return open(url, options);
    }

    private static ObjectStore open(String url, Map<String, String> options) {
        return new Stores(name -> Optional.of(new GcsFactory()), Map.of()).open(url, options);
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
    void no_right_to_a_bucket_is_told_as_such() {
        try (ObjectStore store = open("gs://" + GcsServer.PRIVATE + "/x")) {
            StorageFailure failure = failure(store);

            assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.DENIED);
            assertThat(failure.what()).contains("403");
        }
    }

    @Test
    void a_key_that_can_not_be_read_is_not_shown() {
        String key = "{\"type\": \"service_account\", \"private_key\": \"very-secret\", \"client_email\": \"a@b\"}";
        try (ObjectStore store = open("gs://" + GcsServer.PRIVATE, Map.of("google_service_account_key", key))) {
            StorageFailure failure = failure(store);
            StringWriter said = new StringWriter();
            failure.printStackTrace(new PrintWriter(said));

            assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.DENIED);
            assertThat(said + failure.hint()).doesNotContain("very-secret");
        }
    }

    @Test
    void a_bucket_that_is_not_there_is_named() {
        try (ObjectStore store = open("gs://no-such-bucket/x")) {
            StorageFailure failure = failure(store);

            assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.NOT_FOUND);
            assertThat(failure.what()).contains("bucket");
            assertThat(failure.where()).isEqualTo("gs://no-such-bucket");
        }
    }
}
