package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.engine.state.SqliteStateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// `stream reset`, `source.reset` and `source.force_ignore_checkpoint` in whole runs.
class StreamResetCommandTest {
    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void terminal() throws IOException {
        terminal = new Terminal(folder, Connectors.installed());
        Files.createDirectory(folder.resolve("in"));
        input("a", 1, 2);
        pipeline("incremental", "");
    }

    @Test
    void a_queued_reset_replaces_everything_once_and_the_run_after_it_goes_on_from_there() throws IOException {
        terminal.run("run", "p.yml");
        input("a", 7, 8);

        assertThat(terminal.run("stream", "reset", "p.yml")).isZero();
        assertThat(terminal.out()).contains("reset queued").contains("wisent run p.yml");
        assertThat(rows()).containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}");

        assertThat(terminal.run("run", "p.yml", "--json")).as(terminal.err()).isZero();
        assertThat(rows()).containsExactlyInAnyOrder("{\"id\":7}", "{\"id\":8}");

        input("b", 9);
        assertThat(terminal.run("run", "p.yml", "--json")).isZero();
        assertThat(count("read")).isEqualTo(1);
        assertThat(rows()).containsExactlyInAnyOrder("{\"id\":7}", "{\"id\":8}", "{\"id\":9}");
    }

    @Test
    void a_second_time_says_already_pending_and_cancel_takes_it_back() {
        terminal.run("run", "p.yml");
        assertThat(reset()).isEqualTo("queued");
        assertThat(reset()).isEqualTo("already_pending");
        assertThat(terminal.run("stream", "reset", "p.yml")).isZero();
        assertThat(terminal.out()).endsWith("take it back: wisent stream reset p.yml --cancel\n");
        assertThat(reset("--cancel")).isEqualTo("cancelled");
        assertThat(reset("--cancel")).isEqualTo("nothing_pending");

        assertThat(terminal.run("run", "p.yml", "--json")).isZero();
        assertThat(count("read")).isZero();
        assertThat(reset()).isEqualTo("queued");
    }

    @Test
    void a_reset_that_a_run_began_can_be_cancelled_and_what_it_had_read_is_dropped() throws IOException {
        terminal.run("run", "p.yml");
        input("b", 3);
        reset();
        pipeline("incremental", "  max_iterations: 1\n");
        assertThat(terminal.run("run", "p.yml", "--json")).isZero();
        assertThat(rows()).containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}");
        assertThat(reset()).isEqualTo("already_pending");
        assertThat(json().path("begun_by").asString()).isNotEmpty();
        assertThat(reset("--cancel")).isEqualTo("cancelled");

        pipeline("incremental", "");
        assertThat(terminal.run("run", "p.yml", "--json")).isZero();
        assertThat(count("read")).isEqualTo(1);
        assertThat(rows()).containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
        assertThat(reset("--cancel")).isEqualTo("nothing_pending");
    }

    @Test
    void nothing_is_cancelled_while_a_run_holds_the_lease() throws IOException {
        terminal.run("run", "p.yml");
        reset();
        ProcessHandle self = ProcessHandle.current();
        String host = InetAddress.getLocalHost().getHostName();
        Instant start = self.info().startInstant().orElseThrow();
        Holder holder = new Holder(new RunId("busy"), host, self.pid(), start, Instant.now());
        JobKey job = new JobKey("letters", new StreamId("events"));
        try (SqliteStateStore store = SqliteStateStore.open(folder.resolve(".wisent/state.db"))) {
            store.acquire(job, holder, Duration.ofMinutes(1));
            assertThat(terminal.run("stream", "reset", "p.yml", "--cancel")).isEqualTo(5);
            assertThat(terminal.err()).contains("run busy");
            assertThat(store.resets().find(job)).isPresent();
        }
    }

    @Test
    void streams_that_are_not_read_incrementally_are_refused_and_told_why() throws IOException {
        pipeline("full_refresh", "");
        assertThat(terminal.run("stream", "reset", "p.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("error[W1006]").contains("there is nothing to reset");
        pipeline("stream", "");
        assertThat(terminal.run("stream", "reset", "p.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("error[W1006]").contains("no end");
    }

    @Test
    void only_the_named_stream_is_meant_and_one_that_is_not_there_is_an_error() {
        assertThat(reset("--stream", "events")).isEqualTo("queued");
        assertThat(terminal.run("stream", "reset", "p.yml", "--stream", "other"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("error[W1008]").contains("it has: events");
    }

    @Test
    void reset_in_the_pipeline_file_is_a_reset_at_each_run_and_says_so() throws IOException {
        pipeline("incremental", "  reset: true\n");
        for (int id = 1; id <= 3; id++) {
            input("a", id);
            assertThat(terminal.run("run", "p.yml")).isZero();
            assertThat(terminal.err()).contains("warning: source.reset is in the pipeline file");
            assertThat(rows()).containsExactly("{\"id\":" + id + "}");
        }
        pipeline("incremental", "");
        assertThat(terminal.run("run", "p.yml", "--json")).isZero();
        assertThat(count("read")).isZero();
    }

    @Test
    void a_pending_reset_and_the_one_of_the_pipeline_file_are_one() throws IOException {
        terminal.run("run", "p.yml");
        reset();
        pipeline("incremental", "  reset: true\n");
        assertThat(terminal.run("run", "p.yml", "--json")).isZero();
        assertThat(count("read")).isEqualTo(2);
        assertThat(reset("--cancel")).isEqualTo("nothing_pending");
    }

    @Test
    void reset_means_nothing_to_a_full_refresh_and_is_refused_for_a_streaming_run() throws IOException {
        pipeline("full_refresh", "  reset: true\n");
        assertThat(terminal.run("run", "p.yml")).isZero();
        assertThat(terminal.err()).contains("warning: source.reset changes nothing");
        pipeline("stream", "  reset: true\n");
        assertThat(terminal.run("run", "p.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("error[W1006]: source.reset");
    }

    @Test
    void force_ignore_checkpoint_begins_an_unpublished_full_refresh_anew() throws IOException {
        input("b", 3);
        pipeline("full_refresh", "  max_iterations: 1\n");
        terminal.run("run", "p.yml");
        pipeline("full_refresh", "  force_ignore_checkpoint: true\n");
        assertThat(terminal.run("run", "p.yml", "--json")).isZero();
        assertThat(count("resumed")).isZero();
        assertThat(count("read")).isEqualTo(3);
        assertThat(rows()).hasSize(3);
    }

    @Test
    void force_ignore_checkpoint_is_refused_where_reading_again_would_repeat_rows() throws IOException {
        pipeline("incremental", "  force_ignore_checkpoint: true\n");
        assertThat(terminal.run("run", "p.yml")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("error[W1006]: source.force_ignore_checkpoint")
                .contains("stream reset");
        assertThat(rows()).isEmpty();
    }

    private void pipeline(String mode, String more) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: letters
                source:
                  name: files
                  stream: events
                  path: "%s/in/*.ndjson"
                  sync_mode: %s
                %sdestination: {name: file, config: {path: "%s/out/"}}
                """.formatted(folder, mode, more, folder));
    }

    private void input(String name, int... ids) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int id : ids) {
            lines.append("{\"id\":" + id + "}\n");
        }
        Files.writeString(folder.resolve("in/" + name + ".ndjson"), lines);
        // another state of the file, also when both are written in the same tick of the clock
        Files.setLastModifiedTime(
                folder.resolve("in/" + name + ".ndjson"),
                FileTime.from(Instant.parse("2026-11-20T10:00:00Z").plusSeconds(ids[0])));
    }

    private List<String> rows() throws IOException {
        Path out = folder.resolve("out");
        if (!Files.exists(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> {
                        try {
                            return Files.readAllLines(file).stream();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private String reset(String... more) {
        String[] all = Stream.concat(Stream.of("stream", "reset", "p.yml", "--json"), Stream.of(more))
                .toArray(String[]::new);
        assertThat(terminal.run(all)).as(terminal.err()).isZero();
        return json().path("result").asString();
    }

    private JsonNode json() {
        return new ObjectMapper().readTree(terminal.out());
    }

    private long count(String key) {
        return json().path("streams").path(0).path(key).asLong();
    }
}
