package dev.wisent.connectors.storageazure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.core.file.FileFactory;
import dev.wisent.connectors.core.files.FilesFactory;
import dev.wisent.engine.EngineSettings;
import dev.wisent.engine.RunOutcome;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.EngineRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files source over Azurite. Skipped where there is none; `.ci/run` installs it and takes no skips.
class AzureFilesTest {
    private static final Map<String, ?> SCHEMA = Map.of(
            "fields",
            List.of(Map.of("name", "id", "type", "int64", "nullable", "false"), Map.of("name", "v", "type", "string")));
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static Optional<Azurite> azurite = Optional.empty();

    private final List<String> rows = lines(0, 3_000);
    private String url = "";

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

    private static Stores stores() {
        return new Stores(name -> Optional.of(new AzureFactory()), Map.of());
    }

    private static Map<String, String> options() {
        return azurite.orElseThrow().options(Azurite.KEY);
    }

    private static String place(int number) {
        azurite.orElseThrow().createContainer("files-" + number);
        return "abfss://files-" + number + "@" + Azurite.ACCOUNT + ".dfs.core.windows.net/in";
    }

    @BeforeEach
    void fill() {
        url = place(PLACES.incrementAndGet());
        put("a.ndjson", rows.subList(0, 1_000));
        put("deep/b.ndjson", rows.subList(1_000, 3_000));
        put("deep/_hidden.ndjson", List.of("{\"id\":-1}"));
    }

    private void put(String path, List<String> lines) {
        try (ObjectStore store = stores().open(url, options())) {
            store.put(path, ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":%d,\"v\":\"value %d\"}".formatted(i, i))
                .toList();
    }

    private static Source open(String url) {
        SourceSettings plain = Configured.settings("rows", Optional.empty());
        SourceSettings settings = new SourceSettings(
                plain.pipelineId(),
                plain.stream(),
                plain.syncMode(),
                plain.cursorField(),
                plain.primaryKey(),
                plain.maxRecordBytes(),
                stores());
        return Configured.source(
                new FilesFactory(),
                settings,
                Map.of(
                        "path",
                        url + "/**/*.ndjson",
                        "schema",
                        SCHEMA,
                        "storage_options",
                        options(),
                        "commit_within_file",
                        "true"));
    }

    @Test
    void a_run_of_the_engine_moves_the_objects_and_the_next_one_what_came_since(@TempDir Path folder)
            throws IOException {
        assertThat(written(run(folder))).isEqualTo(rows.size());
        put("Z.ndjson", lines(5_000, 5_010));
        assertThat(written(run(folder))).isEqualTo(10);
        assertThat(written(run(folder))).isZero();

        List<String> there = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                there.addAll(Files.readAllLines(file));
            }
        }
        assertThat(there.stream().sorted().toList())
                .isEqualTo(Stream.concat(rows.stream(), lines(5_000, 5_010).stream())
                        .sorted()
                        .toList());
    }

    private RunOutcome run(Path folder) {
        Map<String, String> keys = Map.of("path", folder.resolve("out") + "/", "format", "ndjson");
        return EngineRun.of(open(url), new FileFactory(), keys, folder.resolve("rejects"), EngineSettings.standard());
    }

    private static long written(RunOutcome outcome) {
        assertThat(outcome.error()).isEmpty();
        return outcome.streams().getFirst().counts().written();
    }
}
