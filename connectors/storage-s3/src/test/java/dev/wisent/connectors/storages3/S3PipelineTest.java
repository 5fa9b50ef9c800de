package dev.wisent.connectors.storages3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Counts;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.core.file.FileFactory;
import dev.wisent.connectors.core.files.FilesFactory;
import dev.wisent.engine.EngineSettings;
import dev.wisent.engine.RunOutcome;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.EngineRun;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Whole runs of the engine: objects in S3 become files on disk.
@Execution(ExecutionMode.CONCURRENT)
class S3PipelineTest {
    private static final Map<String, ?> SCHEMA = Map.of(
            "fields",
            List.of(Map.of("name", "id", "type", "int64", "nullable", "false"), Map.of("name", "v", "type", "string")));

    @TempDir
    private Path folder;

    private S3Server server;
    private FaultProxy proxy;
    private ObjectStore store;

    @BeforeEach
    void start() {
        server = new S3Server();
        server.createBucket("bucket");
        proxy = FaultProxy.to("127.0.0.1", server.port());
        store = stores().open(server.url("bucket/in"), S3Server.credentials());
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
        proxy.close();
        server.close();
    }

    private static Stores stores() {
        return new Stores(name -> Optional.of(new S3Factory()), Map.of());
    }

    private Source source(Map<String, ?> keys) {
        SourceSettings plain = Configured.settings("rows", Optional.empty());
        SourceSettings settings = new SourceSettings(
                plain.pipelineId(),
                plain.stream(),
                plain.syncMode(),
                plain.cursorField(),
                plain.primaryKey(),
                plain.maxRecordBytes(),
                stores());
        Map<String, String> options = new HashMap<>(S3Server.credentials());
        options.put("timeout", "5");
        Map<String, Object> all = new HashMap<>(keys);
        all.put("storage_options", options);
        all.put("schema", SCHEMA);
        all.put("path", "s3::http://127.0.0.1:" + proxy.port() + "/bucket/in/**/*.ndjson*");
        return Configured.source(new FilesFactory(), settings, all);
    }

    private RunOutcome run(Map<String, ?> keys) {
        return run(keys, EngineSettings.standard());
    }

    private RunOutcome run(Map<String, ?> keys, EngineSettings engine) {
        return EngineRun.of(
                source(keys),
                new FileFactory(),
                Map.of("path", folder.resolve("out") + "/", "format", "ndjson"),
                folder.resolve("rejects"),
                engine);
    }

    private static EngineSettings withBudget(long bytes) {
        EngineSettings s = EngineSettings.standard();
        return new EngineSettings(
                s.runner(),
                2,
                s.openSplits(),
                s.envelopePrefix(),
                s.heartbeat(),
                s.leaseExpiry(),
                s.grace(),
                s.retryBudget(),
                s.untilIdle(),
                OptionalLong.of(bytes),
                s.copyEvery());
    }

    private static Counts counts(RunOutcome outcome) {
        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.status()).isEqualTo(RunRecord.Status.SUCCEEDED);
        return outcome.streams().getFirst().counts();
    }

    private List<String> written() {
        return sorted(lines(folder.resolve("out")));
    }

    /// Compared in order: a hundred thousand rows in any order take AssertJ minutes.
    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private static List<String> lines(Path of) {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".ndjson"))
                    .filter(f -> !f.toString().contains(".wisent"))
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }

    private void put(String path, byte[] content) {
        store.put(path, ByteBuffer.wrap(content));
    }

    private static List<String> rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":%d,\"v\":\"%s\"}".formatted(i, "value ".repeat(i % 40)))
                .toList();
    }

    private static byte[] text(List<String> rows) {
        return (String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
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

    @Test
    void sixteen_downloads_go_on_at_once_in_a_budget_that_holds_a_few_blocks() {
        int each = 20_000;
        IntStream.range(0, 20).forEach(i -> put("part-" + i + ".ndjson", text(rows(i * each, (i + 1) * each))));
        server.blobs().gatherGets(16);

        Counts counts = counts(run(Map.of(), withBudget(4 << 20)));

        assertThat(server.blobs().areGathered())
                .as("16 downloads at the same time")
                .isTrue();
        assertThat(counts.written()).isEqualTo(20L * each);
        assertThat(written()).isEqualTo(sorted(rows(0, 20 * each)));
    }

    @Test
    void downloads_that_fail_or_break_are_repeated_from_where_they_stopped_and_leave_no_reject() {
        int each = 10_000;
        IntStream.range(0, 12).forEach(i -> put("d/part-" + i + ".ndjson", text(rows(i * each, (i + 1) * each))));
        for (int i = 0; i < 6; i++) {
            server.blobs().failGet(i % 2 == 0 ? 500 : 503);
        }
        server.blobs().failList(503);
        proxy.set(Direction.TO_CLIENT, new Fault.EndAfter(700_000, Ending.RESET));

        Counts counts = counts(run(Map.of()));

        assertThat(counts.rejected()).isZero();
        assertThat(written()).isEqualTo(sorted(rows(0, 12 * each)));
        assertThat(proxy.connections()).isGreaterThan(12);
    }

    @Test
    void what_can_not_be_read_is_kept_with_place_stage_and_cause_and_nothing_of_it_is_in_the_target() {
        byte[] good = gzip(text(rows(0, 1_000)));
        put("good.ndjson.gz", good);
        put("cut.ndjson.gz", Arrays.copyOf(gzip(text(rows(5_000, 60_000))), 50_000));
        put("lines.ndjson", "{\"id\":-1}\nno json\n{\"id\":\"x\"}\n{\"id\":-2}\n".getBytes(StandardCharsets.UTF_8));

        Counts counts = counts(run(Map.of()));
        Counts again = counts(run(Map.of()));

        assertThat(counts.rejected()).as("records; a file left out is none").isEqualTo(2);
        assertThat(again.read()).isZero();
        assertThat(written()).hasSize(1_002).noneMatch(row -> row.matches("\\{\"id\":[56789]\\d{3}.*"));
        List<String> rejects = lines(folder.resolve("rejects"));
        String where = "\"where\":\"s3::http://127.0.0.1:" + proxy.port() + "/bucket/in/";
        assertThat(rejects)
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .contains("\"stage\":\"decompress\"", where + "cut.ndjson.gz\"", "\"message\":"))
                .anySatisfy(line -> assertThat(line)
                        .contains("\"stage\":\"parse\"", where + "lines.ndjson\"", "\"line\":2", "bm8ganNvbg=="))
                .anySatisfy(
                        line -> assertThat(line).contains("\"stage\":\"type\"", "\"line\":3", "\"byte_offset\":18"));
    }

    @Test
    void a_store_that_lets_nobody_in_any_more_fails_the_run_and_the_next_one_loses_nothing() {
        put("a.ndjson", text(rows(0, 1_000)));
        put("b.ndjson", text(rows(1_000, 2_000)));
        server.blobs().failGet(403);

        RunOutcome failed = run(Map.of());
        Counts counts = counts(run(Map.of()));

        assertThat(failed.status()).isEqualTo(RunRecord.Status.FAILED);
        assertThat(failed.error().orElseThrow().code().id()).isEqualTo("W7002");
        assertThat(counts.rejected()).isZero();
        assertThat(written()).isEqualTo(sorted(rows(0, 2_000)));
    }

    @Test
    @Tag("sweep")
    void twenty_thousand_small_objects_are_each_read_once() {
        int objects = 20_000;
        IntStream.range(0, objects)
                .parallel()
                .forEach(i -> put("small/%05d.ndjson".formatted(i), text(rows(i, i + 1))));

        Counts counts = counts(run(Map.of()));

        assertThat(counts.written()).isEqualTo(objects);
        assertThat(written()).isEqualTo(sorted(rows(0, objects)));
    }
}
