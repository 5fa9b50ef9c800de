package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.cli.internal.config.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Commands that only look: discover, preview, plan, doctor.
class LookingCommandsTest {
    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void input() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.ndjson"), """
                {"id":1,"name":"a"}
                {"id":2,
                {"id":3,"name":"c"}
                """);
        pipeline("");
        terminal = new Terminal(folder, Connectors.installed());
    }

    private void pipeline(String transforms) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: files, stream: things, path: "%1$s/in/*.ndjson"}
                destination: {name: file, config: {path: "%1$s/out"}}
                %2$s
                """.formatted(folder, transforms));
    }

    @Test
    void discover_shows_inferred_columns_with_their_types() {
        assertThat(terminal.run("discover", "p.yml")).isZero();
        assertThat(terminal.out())
                .contains("stream   things, the one this pipeline reads")
                .contains("modes    full_refresh, incremental, stream (default incremental)")
                .containsPattern("  id +int64 +nullable")
                .containsPattern("  name +string +nullable");
        assertThat(terminal.run("discover", "--source", "generator")).isZero();
        assertThat(terminal.out()).containsPattern("amount +decimal\\(12,2\\) +required");
        assertThat(terminal.run("discover")).isEqualTo(2);
        nothingWasWritten();
    }

    @Test
    void preview_shows_rows_on_stdout_and_rejects_with_their_place_on_stderr() {
        assertThat(terminal.run("preview", "p.yml")).isZero();
        assertThat(terminal.out()).isEqualTo("""
                {"id":1,"name":"a"}
                {"id":3,"name":"c"}
                """);
        assertThat(terminal.err()).contains("reject: W2001").contains("a.ndjson, line 2, byte 20");
        assertThat(terminal.run("preview", "p.yml", "-n", "1")).isZero();
        assertThat(terminal.out()).hasLineCount(1);
        assertThat(terminal.run("preview", "p.yml", "-n", "0")).isEqualTo(2);
        nothingWasWritten();
    }

    @Test
    void preview_shows_what_transforms_make_of_the_rows() throws IOException {
        pipeline("transforms: [{label: names, rename: {name: full_name}}]");

        assertThat(terminal.run("preview", "p.yml", "--json")).isZero();
        JsonNode target =
                new ObjectMapper().readTree(terminal.out()).path("targets").path(0);
        assertThat(target.path("columns").valueStream().map(c -> c.path("name").asString()))
                .containsExactly("id", "full_name");
        assertThat(target.path("rows").path(1).path("full_name").asString()).isEqualTo("c");
    }

    @Test
    void plan_preview_and_run_refuse_a_transform_of_a_column_that_is_not_there() throws IOException {
        Files.writeString(folder.resolve("wrong.yml"), """
                name: wrong
                source: {name: generator, stream: orders, rows: 10}
                destination: {name: file, config: {path: '%s/never/'}}
                transforms:
                  - {label: fine, drop: [note]}
                  - {label: wrong-one, drop: [custmer_id]}
                """.formatted(folder));

        for (String command : List.of("plan", "preview", "run")) {
            assertThat(terminal.run(command, "wrong.yml")).as(command).isEqualTo(2);
            assertThat(terminal.out() + terminal.err())
                    .as(command)
                    .contains("there is no column 'custmer_id'", "did you mean 'customer_id'?", "wrong-one");
        }
        assertThat(folder.resolve("never")).doesNotExist();
    }

    @Test
    void plan_says_what_is_new_and_after_a_run_what_is_finished() throws IOException {
        assertThat(terminal.run("plan", "p.yml")).isZero();
        assertThat(terminal.out())
                .contains("schema     2 columns, nothing is stored yet")
                .contains("splits     1: 0 finished, 0 begun, 1 new, 49 B to read")
                .contains("exactly once: ");
        nothingWasWritten();

        terminal.run("run", "p.yml", "--state-db", folder.resolve("s.db").toString());
        Files.writeString(folder.resolve("in/b.ndjson"), "{\"id\":4,\"name\":\"d\"}\n");
        assertThat(terminal.run("plan", "p.yml", "--json")).isZero();
        JsonNode plan = new ObjectMapper().readTree(terminal.out());
        assertThat(plan.path("schema_changes")).isEmpty();
        assertThat(plan.path("splits")
                        .valueStream()
                        .map(s -> s.path("label").asString() + " "
                                + s.path("state").asString()))
                .containsExactly("b.ndjson new");
    }

    @Test
    void plan_says_what_becomes_of_an_unpublished_generation() throws IOException {
        String yaml = """
                name: p
                source: {name: generator, stream: orders, rows: %d, fail_at_page: 15}
                destination: {name: file, config: {path: "%s/out", commit_interval: 0.001}}
                """;
        Files.writeString(folder.resolve("p.yml"), yaml.formatted(20_000, folder));
        terminal.run("run", "p.yml", "--state-db", folder.resolve("s.db").toString());

        assertThat(terminal.run("plan", "p.yml", "--json")).isZero();
        assertThat(terminal.out()).contains("\"fate\":\"resumed\"");
        Files.writeString(folder.resolve("p.yml"), yaml.formatted(30_000, folder));
        assertThat(terminal.run("plan", "p.yml")).isZero();
        assertThat(terminal.out()).contains("dropped and begun anew, for options, target or schema have changed");
    }

    @Test
    void doctor_looks_at_everything_a_run_stands_on() {
        assertThat(terminal.run("doctor", "p.yml", "--json")).isZero();
        JsonNode doctor = new ObjectMapper().readTree(terminal.out());
        assertThat(doctor.path("findings").valueStream().map(f -> f.path("name").asString()))
                .contains(
                        "java",
                        "start-up cache",
                        "memory",
                        "open files",
                        "clock",
                        "sources",
                        "destinations",
                        "temporary files",
                        "rejects",
                        "state store",
                        "source",
                        "destination",
                        "output");
        nothingWasWritten();
    }

    @Test
    void events_are_objects_a_line_with_version_time_and_level() {
        terminal.run(
                "run",
                "p.yml",
                "--log-format",
                "json",
                "--state-db",
                folder.resolve("s.db").toString());

        List<JsonNode> events =
                terminal.err().lines().map(new ObjectMapper()::readTree).toList();
        assertThat(events)
                .allSatisfy(event -> assertThat(event.propertyNames()).contains("version", "at", "level", "event"));
        assertThat(events.stream().map(event -> event.path("event").asString()))
                .startsWith("started")
                .endsWith("finished");
        assertThat(events.getLast().path("streams").path(0).path("rejected").asInt())
                .isEqualTo(1);
    }

    private void nothingWasWritten() {
        try (Stream<Path> here = Files.list(folder)) {
            assertThat(here.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("in", "p.yml");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
