package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.StreamId;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.config.PipelineLoader;
import dev.wisent.cli.internal.config.Variables;
import dev.wisent.connectors.core.dummy.DummyFactory;
import dev.wisent.connectors.core.file.FileFactory;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.RunListener;
import dev.wisent.engine.RunOutcome;
import dev.wisent.engine.state.SqliteStateStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// One pipeline, several streams.
class SeveralStreamsTest {
    private static final Connectors CONNECTORS =
            Connectors.holding(List.of(new DummyFactory()), List.of(new FileFactory()));

    private final ObjectMapper mapper = new ObjectMapper();

    @TempDir
    Path folder;

    private Terminal terminal() {
        return new Terminal(folder, CONNECTORS);
    }

    private String text(String streams, String destination, String engine) {
        return """
                name: zoo
                source: {name: dummy, stream: %s}
                destination: {name: file, config: {%s}}
                engine: {%s}
                """.formatted(streams, destination, engine);
    }

    private void pipeline(String streams, String destination, String engine) throws IOException {
        Files.writeString(folder.resolve("p.yml"), text(streams, destination, engine));
    }

    private String folders() {
        return "path: '" + folder + "/out/{stream}/'";
    }

    private long rows(String stream) throws IOException {
        long rows = 0;
        try (Stream<Path> files = Files.walk(folder.resolve("out").resolve(stream))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".ndjson"))
                    .filter(f -> !f.toString().contains(".wisent"))
                    .toList()) {
                rows += Files.readAllLines(file).size();
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "plan", "run", "validate"})
    void a_source_is_asked_once_which_streams_it_has(String command) throws IOException {
        WatchedDummy dummy = new WatchedDummy((batch, page) -> {});
        Files.writeString(folder.resolve("p.yml"), text("'*'", folders(), "").replace("name: dummy", "name: watched"));
        Terminal terminal = new Terminal(folder, Connectors.holding(List.of(dummy), List.of(new FileFactory())));
        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();
        dummy.asked().set(0);

        assertThat(terminal.run(command, "p.yml")).as(terminal.err()).isZero();

        assertThat(dummy.asked()).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[creatures, plants]", "'*'", "[plants, 'c*']", "['?lants', creatures, '*']"})
    void every_stream_a_list_or_a_pattern_names_arrives_in_a_place_of_its_own(String streams) throws IOException {
        pipeline(streams, folders(), "max_concurrent_streams: 2");
        Terminal terminal = terminal();

        assertThat(terminal.run("run", "p.yml", "--json")).as(terminal.err()).isZero();

        JsonNode summary = mapper.readTree(terminal.out());
        assertThat(summary.path("streams").findValuesAsString("stream"))
                .containsExactlyInAnyOrder("creatures", "plants");
        assertThat(summary.path("streams").findValuesAsString("status")).containsOnly("succeeded");
        assertThat(rows("creatures")).isEqualTo(5);
        assertThat(rows("plants")).isEqualTo(5);
        assertThat(terminal.run("runs", "--json")).isZero();
        assertThat(mapper.readTree(terminal.out()).path("runs").size()).isEqualTo(1);
    }

    @Test
    void the_failure_of_one_stream_stops_no_other_and_the_run_names_it() throws IOException {
        pipeline("[creatures, plants]", folders(), "retry: {budget: 0.2}");
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/creatures"), "a file where a folder should be");
        Terminal terminal = terminal();

        assertThat(terminal.run("run", "p.yml", "--json")).isEqualTo(1);

        JsonNode summary = mapper.readTree(terminal.out());
        assertThat(summary.path("status").stringValue()).isEqualTo("failed");
        assertThat(summary.path("error").path("code").stringValue()).isEqualTo("W5008");
        assertThat(summary.path("error").path("message").stringValue()).isEqualTo("1 of 2 streams failed: creatures");
        assertThat(summary.path("streams").path(0).path("error").path("code").isMissingNode())
                .isFalse();
        assertThat(rows("plants")).isEqualTo(5);

        Files.delete(folder.resolve("out/creatures"));
        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();
        assertThat(terminal.err()).contains("2 streams: 10 rows");
        assertThat(rows("creatures")).isEqualTo(5);
        assertThat(rows("plants")).as("a full refresh replaces").isEqualTo(5);
    }

    @Test
    void stream_names_one_of_them_for_every_command() throws IOException {
        pipeline("'*'", folders(), "");
        Terminal terminal = terminal();

        assertThat(terminal.run("run", "p.yml", "--stream", "plants"))
                .as(terminal.err())
                .isZero();
        assertThat(folder.resolve("out/creatures")).doesNotExist();
        assertThat(terminal.run("preview", "p.yml", "--stream", "plants")).isZero();
        assertThat(terminal.run("preview", "p.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("has several streams", "--stream NAME");
        assertThat(terminal.run("stream", "reset", "p.yml")).isEqualTo(2);
        assertThat(terminal.run("run", "p.yml", "--stream", "stones")).isEqualTo(2);
        assertThat(terminal.err()).contains("no stream 'stones'", "creatures, plants");
    }

    @Test
    void check_plan_state_and_discover_tell_of_each() throws IOException {
        pipeline("'*'", folders(), "");
        Terminal terminal = terminal();

        assertThat(terminal.run("check", "p.yml")).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("creatures      ok", "plants         ok", "exactly once");
        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();
        assertThat(terminal.run("plan", "p.yml")).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("stream     creatures", "stream     plants");
        assertThat(terminal.run("state", "p.yml", "--json")).as(terminal.err()).isZero();
        assertThat(mapper.readTree(terminal.out()).path("streams").findValuesAsString("stream"))
                .containsExactly("creatures", "plants");
        assertThat(terminal.run("discover", "p.yml")).isZero();
        assertThat(terminal.out()).contains("creatures, read by this pipeline", "plants, read by this pipeline");
        assertThat(terminal.run("runs", "show", "last")).isZero();
        assertThat(terminal.out()).contains("stream        creatures", "stream        plants");
    }

    @Test
    void one_target_for_several_streams_is_refused() throws IOException {
        pipeline("[creatures, plants]", folders() + ", destination_id: all", "");
        Terminal terminal = terminal();

        assertThat(terminal.run("check", "p.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("destination.config.destination_id: is one name", "{stream}");

        pipeline("[creatures, stones]", folders(), "");
        assertThat(terminal.run("check", "p.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("has no stream 'stones'");

        Files.writeString(
                folder.resolve("p.yml"),
                text("'*'", folders(), "").replace("stream: '*'", "stream: '*', sync_mode: stream"));
        assertThat(terminal.run("run", "p.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("2 streams are read without end, and only 1 at once");
    }

    @Test
    void after_a_stop_no_further_stream_begins_and_the_run_names_those_that_did_not() throws IOException {
        String text = text("[creatures, plants]", folders(), "");
        PipelineLoader loader = new PipelineLoader(
                CONNECTORS,
                Variables.of(Map.of(), folder, Optional.empty()),
                OutputStream.nullOutputStream(),
                secrets -> {});
        AtomicReference<Optional<PipelineRun>> running = new AtomicReference<>(Optional.empty());
        RunListener stopping = new RunListener() {
            @Override
            public void progress(StreamId stream, Snapshot progress) {}

            @Override
            public void ended(StreamId stream) {
                running.get().orElseThrow().stop();
            }
        };
        try (StateStore store = SqliteStateStore.inMemory()) {
            PipelineRun run = new PipelineRun(
                    EngineInput.streams(loader.load(text, "p.yml", folder), folder),
                    store,
                    stopping,
                    UnaryOperator.identity());
            running.set(Optional.of(run));
            RunOutcome outcome = run.run();

            assertThat(outcome.status()).isEqualTo(RunRecord.Status.INTERRUPTED);
            assertThat(outcome.streams())
                    .extracting(stream -> stream.stream().name())
                    .containsExactly("creatures", "plants");
            assertThat(outcome.streams().get(1).status()).isEqualTo(RunRecord.Status.INTERRUPTED);
            assertThat(outcome.streams().get(1).warnings())
                    .containsExactly("it did not begin: the run was stopped before");
            assertThat(folder.resolve("out/plants")).doesNotExist();
        }
    }
}
