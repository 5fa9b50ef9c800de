package dev.wisent.connectors.storages3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.storage.CreateProbe;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.ObjectStoreContract;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class S3StoreTest extends ObjectStoreContract {
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static S3Server server;

    @BeforeAll
    static void start() {
        server = new S3Server();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    protected ObjectStore open() {
        String bucket = "bucket-" + PLACES.incrementAndGet();
        server.createBucket(bucket);
        return open(server.url(bucket + "/some/prefix/"), S3Server.credentials());
    }

    private static ObjectStore open(String url, Map<String, String> options) {
        return new Stores(name -> Optional.of(new S3Factory()), Map.of()).open(url, options);
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
    void wrong_credentials_are_told_as_such_and_not_shown() {
        Map<String, String> wrong = new HashMap<>(S3Server.credentials());
        wrong.put("aws_secret_access_key", "a-wrong-secret-key");
        try (ObjectStore store = open(server.url("bucket-1"), wrong)) {
            StorageFailure failure = failure(store);

            assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.DENIED);
            assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_DENIED);
            assertThat(everythingSaid(failure)).doesNotContain("a-wrong-secret-key");
        }
    }

    @Test
    void a_bucket_that_is_not_there_is_named() {
        try (ObjectStore store = open(server.url("no-such-bucket/x"), S3Server.credentials())) {
            StorageFailure failure = failure(store);

            assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.NOT_FOUND);
            assertThat(failure.what()).contains("bucket");
            assertThat(failure.where()).endsWith("no-such-bucket");
        }
    }

    @Test
    void nobody_listening_is_tried_again_until_the_budget_is_used_up() {
        Map<String, String> options = new HashMap<>(S3Server.credentials());
        options.put("retry_budget", "0.5");
        try (ObjectStore store = open("s3::http://127.0.0.1:9/bucket", options)) {
            StorageFailure failure = failure(store);

            assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.UNAVAILABLE);
            assertThat(failure.isTransient()).isTrue();
            assertThat(failure.tried()).containsPattern("[2-9] times");
        }
    }

    @Test
    void an_option_that_is_none_is_refused_with_those_there_are() {
        WisentException refused = catchThrowableOfType(
                WisentException.class, () -> open("s3://bucket", Map.of("aws_regoin", "eu-west-1")));

        assertThat(refused.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        assertThat(refused.hint()).contains("aws_region");
    }

    @Test
    void an_endpoint_without_encryption_has_to_be_allowed() {
        Map<String, String> options = new HashMap<>(S3Server.credentials());
        options.put("AWS_ENDPOINT", "http://127.0.0.1:" + server.port());
        assertThat(catchThrowableOfType(WisentException.class, () -> open("s3://bucket-1", options))
                        .hint())
                .contains("aws_allow_http");

        options.put("AWS_ALLOW_HTTP", "true");
        put("x", "y");
        try (ObjectStore other = open("s3a://bucket-" + PLACES.get() + "/some", options)) {
            assertThat(other.find("prefix/x")).isPresent();
            assertThat(other.get(GetRequest.of("prefix/x")).info().size()).isEqualTo(1);
        }
    }

    private static String everythingSaid(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        WisentException told = (WisentException) failure;
        return text + told.what() + told.where() + told.hint() + told.tried();
    }
}
