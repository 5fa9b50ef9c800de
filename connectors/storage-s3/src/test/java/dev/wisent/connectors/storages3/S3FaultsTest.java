package dev.wisent.connectors.storages3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.Upload;
import dev.wisent.storage.Creation;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The S3 endpoint behind a network that fails, and one that fails itself.
@Execution(ExecutionMode.CONCURRENT)
class S3FaultsTest {
    private static final int PART = 5 << 20;
    private static final byte[] OURS = "ours 4711".getBytes(StandardCharsets.UTF_8);

    private S3Server server;
    private FaultProxy proxy;
    private ObjectStore store;

    @BeforeEach
    void start() {
        server = new S3Server();
        server.createBucket("bucket");
        proxy = FaultProxy.to("127.0.0.1", server.port());
        Map<String, String> options = new HashMap<>(S3Server.credentials());
        options.put("timeout", "1");
        options.put("retry_budget", "60");
        store = new Stores(name -> Optional.of(new S3Factory()), Map.of())
                .open("s3::http://127.0.0.1:" + proxy.port() + "/bucket/table", options);
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
        proxy.close();
        server.close();
    }

    /// What a call answers that begins while connections fail as `fault` says, and may end after two of them did.
    private <T> T through(Fault fault, Supplier<T> call) {
        return through(Direction.TO_CLIENT, fault, call);
    }

    private <T> T through(Direction direction, Fault fault, Supplier<T> call) {
        long before = proxy.connections();
        proxy.end(Ending.RESET);
        proxy.set(direction, fault);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<T> answer = CompletableFuture.supplyAsync(call, threads);
            Awaitility.await().until(() -> proxy.connections() >= before + 2 || answer.isDone());
            proxy.heal();
            return answer.join();
        }
    }

    @Test
    void a_put_gets_through_resets_and_silence() throws IOException {
        through(new Fault.EndAfter(0, Ending.RESET), () -> store.put("a", ByteBuffer.wrap(OURS)));
        through(new Fault.Swallow(), () -> store.put("b", ByteBuffer.wrap(OURS)));

        assertThat(bytes("a")).isEqualTo(OURS);
        assertThat(bytes("b")).isEqualTo(OURS);
    }

    @Test
    void a_request_that_never_arrives_and_is_never_answered_is_made_again() throws IOException {
        Fault swallowed = new Fault.Swallow();
        through(Direction.TO_SERVICE, swallowed, () -> store.put("a", ByteBuffer.wrap(OURS)));

        assertThat(through(Direction.TO_SERVICE, swallowed, () -> store.find("a")))
                .isPresent();
        assertThat(through(Direction.TO_SERVICE, swallowed, () -> store.list(ListRequest.of("")))
                        .objects())
                .hasSize(1);
        assertThat(bytes("a")).isEqualTo(OURS);
    }

    @Test
    void a_stream_that_breaks_again_and_again_gives_each_byte_once() throws IOException {
        byte[] content = new byte[4 << 20];
        new Random(7).nextBytes(content);
        store.put("large", ByteBuffer.wrap(content));
        proxy.end(Ending.RESET);
        proxy.set(Direction.TO_CLIENT, new Fault.EndAfter(1_000_000, Ending.RESET));

        assertThat(bytes("large")).isEqualTo(content);
        assertThat(proxy.connections()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void a_stream_does_not_go_on_in_an_object_that_was_replaced() {
        store.put("large", ByteBuffer.wrap(new byte[4 << 20]));
        proxy.end(Ending.RESET);
        proxy.set(Direction.TO_CLIENT, new Fault.EndAfter(1_000_000, Ending.RESET));
        try (ObjectContent content = store.get(GetRequest.of("large"))) {
            proxy.set(Direction.TO_CLIENT, new Fault.Hold());
            proxy.end(Ending.RESET);
            proxy.heal();
            store.put("large", ByteBuffer.wrap(new byte[5 << 20]));

            StorageFailure failure = catchThrowableOfType(
                    StorageFailure.class, () -> content.stream().readAllBytes());

            assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.CHANGED);
        }
    }

    @Test
    void a_lost_answer_to_a_create_is_unknown_and_repeating_it_tells_whose_it_is() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Fault.Swallow());
        PutOutcome lost = store.createIfAbsent("log/1", ByteBuffer.wrap(OURS));
        proxy.heal();
        proxy.end(Ending.RESET);

        assertThat(lost).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(store.createIfAbsent("log/1", ByteBuffer.wrap(OURS))).isEqualTo(new PutOutcome.Exists());
        assertThat(bytes("log/1")).isEqualTo(OURS);
    }

    @Test
    void creation_finds_its_own_object_after_lost_answers() {
        PutOutcome outcome =
                through(new Fault.Swallow(), () -> new Creation(store, Duration.ofSeconds(60)).create("log/1", OURS));

        assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
        assertThat(new Creation(store, Duration.ofSeconds(60))
                        .create("log/1", "other".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new PutOutcome.Exists());
    }

    @Test
    void an_error_of_the_store_tells_nothing_about_a_create() throws IOException {
        server.blobs().failPut(FailingBlobs.When.AFTER, 500);
        assertThat(store.createIfAbsent("log/1", ByteBuffer.wrap(OURS))).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(bytes("log/1")).isEqualTo(OURS);

        server.blobs().failPut(FailingBlobs.When.BEFORE, 500);
        assertThat(store.createIfAbsent("log/2", ByteBuffer.wrap(OURS))).isInstanceOf(PutOutcome.Unknown.class);
        assertThat(store.find("log/2")).isEmpty();

        server.blobs().failPut(FailingBlobs.When.AFTER, 503);
        server.blobs().failPut(FailingBlobs.When.BEFORE, 500);
        assertThat(new Creation(store, Duration.ofSeconds(60)).create("log/3", OURS))
                .isInstanceOf(PutOutcome.Stored.class);
    }

    @Test
    void nobody_listening_is_no_unknown_outcome() {
        proxy.refuse();
        proxy.end(Ending.RESET);
        try (ObjectStore impatient = new Stores(name -> Optional.of(new S3Factory()), S3FaultsTest.variables())
                .open("s3::http://127.0.0.1:" + proxy.port() + "/bucket/table", Map.of("retry_budget", "0"))) {
            StorageFailure failure = catchThrowableOfType(
                    StorageFailure.class, () -> impatient.createIfAbsent("log/1", ByteBuffer.wrap(OURS)));

            assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.UNAVAILABLE);
        }
    }

    /// Credentials from the environment.
    private static Map<String, String> variables() {
        return Map.of("AWS_ACCESS_KEY_ID", S3Server.KEY_ID, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET);
    }

    @Test
    void a_listing_is_asked_for_again_after_500_and_503() {
        store.put("a", ByteBuffer.wrap(OURS));
        server.blobs().failList(503);
        server.blobs().failList(500);

        assertThat(store.list(ListRequest.of("")).objects())
                .extracting(ObjectInfo::path)
                .containsExactly("a");
    }

    @Test
    void an_upload_whose_completion_was_not_answered_is_found_complete() throws IOException {
        byte[] content = new byte[PART + 10];
        new Random(8).nextBytes(content);
        try (Upload upload = store.upload("big", PART)) {
            upload.part(1, ByteBuffer.wrap(content, 0, PART));
            upload.part(2, ByteBuffer.wrap(content, PART, 10));

            ObjectInfo made = through(new Fault.Swallow(), upload::complete);

            assertThat(made.size()).isEqualTo(content.length);
        }
        assertThat(bytes("big")).isEqualTo(content);
    }

    /// S3Proxy answers so while the completion that was asked for before takes the parts away; others answer in other ways.
    @ParameterizedTest
    @ValueSource(strings = {"BadDigest", "InvalidPart"})
    void an_upload_that_is_still_being_completed_when_it_is_asked_for_again_is_found_complete(String meanwhile)
            throws IOException {
        byte[] content = new byte[PART + 10];
        new Random(9).nextBytes(content);
        server.blobs().completeLate(meanwhile);
        try (Upload upload = store.upload("big", PART)) {
            upload.part(1, ByteBuffer.wrap(content, 0, PART));
            upload.part(2, ByteBuffer.wrap(content, PART, 10));

            assertThat(upload.complete().size()).isEqualTo(content.length);
        }
        assertThat(bytes("big")).isEqualTo(content);
    }

    private byte[] bytes(String path) throws IOException {
        try (ObjectContent content = store.get(GetRequest.of(path))) {
            return content.stream().readAllBytes();
        }
    }
}
