package dev.wisent.connectors.storages3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.core.files.FilesFactory;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceContract;
import dev.wisent.testkit.connector.SourceReading;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The files source over S3, the network between them a proxy that breaks it.
@Execution(ExecutionMode.CONCURRENT)
class S3FilesTest extends SourceContract {
    private static final Map<String, ?> SCHEMA = Map.of(
            "fields",
            List.of(Map.of("name", "id", "type", "int64", "nullable", "false"), Map.of("name", "v", "type", "string")));
    private static final StreamId ROWS = new StreamId("rows");

    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static S3Server server;

    private final String bucket = "bucket-" + BUCKETS.incrementAndGet();
    private FaultProxy proxy;
    private ObjectStore store;
    private final List<String> rows = lines(0, 3_000);

    @BeforeAll
    static void startServer() {
        server = new S3Server();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void start() {
        server.createBucket(bucket);
        proxy = FaultProxy.to("127.0.0.1", server.port());
        store = stores().open(server.url(bucket + "/in"), S3Server.credentials());
        put("a.ndjson", text(rows.subList(0, 1_000)));
        put("deep/b.ndjson.gz", gzip(text(rows.subList(1_000, 2_000))));
        put("deep/er/c.ndjson", text(rows.subList(2_000, 3_000)));
        put("deep/_hidden.ndjson", utf8("{\"id\":-1}\n"));
        put("empty.ndjson", new byte[0]);
    }

    @Override
    protected Optional<String> serviceThreads() {
        return Optional.of("S3Proxy-Jetty");
    }

    @AfterEach
    void stop() {
        store.close();
        proxy.close();
    }

    private static Stores stores() {
        return new Stores(name -> Optional.of(new S3Factory()), Map.of());
    }

    private Source source(String pattern, Map<String, ?> keys) {
        return source(server.port(), bucket + "/in/" + pattern, keys);
    }

    private static Source source(int port, String place, Map<String, ?> keys) {
        SourceSettings plain = Configured.settings(ROWS.name(), Optional.empty());
        SourceSettings settings = new SourceSettings(
                plain.pipelineId(),
                plain.stream(),
                plain.syncMode(),
                plain.cursorField(),
                plain.primaryKey(),
                plain.maxRecordBytes(),
                stores());
        Map<String, String> options = new HashMap<>(S3Server.credentials());
        options.put("timeout", "2");
        options.put("retry_budget", "20");
        Map<String, Object> all = new HashMap<>(keys);
        all.putIfAbsent("storage_options", options);
        all.put("schema", SCHEMA);
        all.put("path", "s3::http://127.0.0.1:" + port + "/" + place);
        return Configured.source(new FilesFactory(), settings, all);
    }

    private void put(String path, byte[] content) {
        store.put(path, ByteBuffer.wrap(content));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":%d,\"v\":\"value %d\"}".formatted(i, i))
                .toList();
    }

    private static byte[] text(List<String> lines) {
        return utf8(String.join("\n", lines) + "\n");
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    @Override
    protected Source open() {
        return source("**/*.ndjson*", Map.of("commit_within_file", "true"));
    }

    @Override
    protected List<String> expected() {
        return rows;
    }

    @Override
    protected Optional<List<String>> grow() {
        List<String> news = lines(5_000, 5_010);
        put("Z.ndjson", text(news));
        return Optional.of(news);
    }

    @Override
    protected Optional<Unusable> unusable() {
        Map<String, String> wrong = Map.of("aws_access_key_id", S3Server.KEY_ID, "aws_secret_access_key", "wr0ng-key");
        return Optional.of(new Unusable(source("*", Map.of("storage_options", wrong)), List.of("wr0ng-key")));
    }

    private static List<String> read(Source source) {
        return SourceReading.all(source, ROWS, SyncMode.INCREMENTAL).rows();
    }

    @Test
    void an_object_a_folder_and_a_whole_bucket_can_be_named() {
        put("a.ndjson.old/x", utf8("{\"id\":7}\n"));

        assertThat(read(source("a.ndjson", Map.of()))).isEqualTo(rows.subList(0, 1_000));
        assertThat(read(source("deep", Map.of()))).isEqualTo(rows.subList(1_000, 3_000));
        assertThat(read(source("deep/er/", Map.of()))).isEqualTo(rows.subList(2_000, 3_000));
        assertThat(read(source(server.port(), bucket, Map.of()))).hasSize(3_001);
        assertThat(read(source(server.port(), bucket + "/**/e*/c.*", Map.of()))).hasSize(1_000);
    }

    @Test
    void more_objects_than_a_page_of_the_store_are_found_by_the_constant_prefix() {
        IntStream.range(0, 1_050).forEach(i -> put("many/part-%04d.ndjson".formatted(i), utf8("{\"id\":" + i + "}\n")));
        put("many/other.ndjson", utf8("{\"id\":-5}\n"));

        assertThat(read(source("many/part-*.ndjson", Map.of()))).hasSize(1_050);
    }

    @Test
    void a_download_that_breaks_again_and_again_gives_each_row_once() {
        List<String> many = lines(0, 100_000);
        put("large/one.ndjson", text(many));
        Source source = source(proxy.port(), bucket + "/in/large/*", Map.of());
        proxy.set(Direction.TO_CLIENT, new Fault.EndAfter(1_000_000, Ending.RESET));

        SourceReading reading = SourceReading.all(source, ROWS, SyncMode.INCREMENTAL);

        assertThat(reading.rows()).isEqualTo(many);
        assertThat(reading.splits().getFirst().rejects()).isEmpty();
        assertThat(proxy.connections()).isGreaterThanOrEqualTo(4);
    }

    /// More than any buffer on the way holds, so that much of it is still to come.
    private byte[] large(int seed) {
        byte[] content = new byte[16 << 20];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static Split only(Source source) {
        ReadRequest request = new ReadRequest(
                ROWS,
                SyncMode.INCREMENTAL,
                dev.wisent.api.commit.GenerationView.EMPTY,
                dev.wisent.api.StreamState.EMPTY,
                Optional.empty());
        try (Planner planner = source.plan(request)) {
            planner.opening();
            return ((PlanPage.Splits) planner.next(Duration.ZERO)).splits().getFirst();
        }
    }

    @Test
    void an_object_that_is_rewritten_while_it_is_read_is_left_out_whole() {
        put("large/one.ndjson", large(1));
        Source source = source(proxy.port(), bucket + "/in/large/*", Map.of());
        Split split = only(source);
        try (SplitReader reader = source.reader(new ReaderContext(ROWS))) {
            reader.add(split, Position.START);
            assertThat(reader.poll(Duration.ZERO)).isInstanceOf(Fetched.Chunk.class);
            put("large/one.ndjson", large(2));
            proxy.end(Ending.RESET);

            SplitFailure failure = catchThrowableOfType(SplitFailure.class, () -> {
                while (!(reader.poll(Duration.ZERO) instanceof Fetched.Ended)) {
                    // to the end
                }
            });

            assertThat(failure.stage()).isEqualTo(Reject.Stage.DOWNLOAD);
            assertThat(failure.where()).endsWith(bucket + "/in/large/one.ndjson");
            assertThat(failure.getCause()).isNotNull();
        }
    }

    @Test
    void an_object_that_vanishes_before_it_is_read_is_left_out() {
        put("large/one.ndjson", utf8("{\"id\":1}\n"));
        Source source = source("large/*", Map.of());
        Split split = only(source);
        store.delete("large/one.ndjson");
        try (SplitReader reader = source.reader(new ReaderContext(ROWS))) {
            reader.add(split, Position.START);

            assertThatThrownBy(() -> reader.poll(Duration.ZERO))
                    .isInstanceOf(SplitFailure.class)
                    .hasMessageContaining("gone");
        }
    }

    @Test
    void a_store_that_is_away_is_no_fault_of_the_file_and_reading_goes_on_where_it_stood() {
        List<String> many = lines(0, 100_000);
        put("large/one.ndjson", text(many));
        Map<String, String> impatient = new HashMap<>(S3Server.credentials());
        impatient.put("timeout", "1");
        impatient.put("retry_budget", "0");
        Source source = source(proxy.port(), bucket + "/in/large/*", Map.of("storage_options", impatient));
        Split split = only(source);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        List<ErrorCode> failures = new ArrayList<>();
        // slow: what is under way when the store goes is not all there is
        proxy.set(Direction.TO_CLIENT, new Fault.Slow(500_000));
        try (SplitReader reader = source.reader(new ReaderContext(ROWS))) {
            reader.add(split, Position.START);
            boolean ended = false;
            while (!ended) {
                try {
                    Fetched fetched = reader.poll(Duration.ZERO);
                    ended = fetched instanceof Fetched.Ended;
                    if (fetched instanceof Fetched.Chunk chunk
                            && chunk.payload() instanceof dev.wisent.api.source.Payload.Raw raw) {
                        got.write(raw.data(), raw.offset(), raw.length());
                        if (failures.isEmpty()) {
                            proxy.set(Direction.TO_CLIENT, new Fault.EndAfter(0, Ending.RESET));
                            proxy.end(Ending.RESET);
                        }
                    }
                } catch (WisentException e) {
                    assertThat(e.isTransient()).as(e.what()).isTrue();
                    assertThat(got.size()).isPositive();
                    failures.add(e.code());
                    proxy.heal();
                }
            }
        }

        assertThat(failures).containsExactly(ErrorCode.STORAGE_UNREACHABLE);
        assertThat(got.toByteArray()).isEqualTo(text(many));
    }

    @Test
    void an_object_put_again_as_it_was_is_not_read_again_but_one_with_other_content_is_rewritten() throws Exception {
        put("some/a.ndjson", utf8("{\"id\":1}\n"));
        Source source = source("some/*", Map.of("on_rewrite", "append"));
        SourceReading first = SourceReading.all(source, ROWS, SyncMode.INCREMENTAL);
        Thread.sleep(1_100); // the store tells times in seconds
        put("some/a.ndjson", utf8("{\"id\":1}\n"));
        SourceReading same = SourceReading.after(source, ROWS, SyncMode.INCREMENTAL, first.progress());
        put("some/a.ndjson", utf8("{\"id\":2}\n"));
        SourceReading other = SourceReading.after(source, ROWS, SyncMode.INCREMENTAL, same.progress());

        assertThat(first.rows()).hasSize(1);
        assertThat(same.rows()).isEmpty();
        assertThat(other.rows()).containsExactly("{\"id\":2}");
        assertThatThrownBy(() ->
                        SourceReading.after(source("some/*", Map.of()), ROWS, SyncMode.INCREMENTAL, first.progress()))
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REWRITTEN_FILE));
    }
}
