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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Whole runs with the connectors there are.
class RunCommandTest {
    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void terminal() {
        terminal = new Terminal(folder, Connectors.installed());
    }

    @Test
    void the_demo_of_bizon_runs_unchanged_and_shows_its_five_creatures() throws IOException {
        Files.copy(root().resolve("examples/bizon-demo.yml"), folder.resolve("p.yml"));

        assertThat(terminal.run("run", "p.yml")).isZero();
        assertThat(terminal.out()).hasLineCount(5).contains("9898", "88787", "98", "3333", "56565");
        assertThat(terminal.err()).contains("creatures: 5 rows in").doesNotContain("warning");
    }

    @Test
    void with_json_stdout_is_one_object_and_the_rows_are_on_stderr() throws IOException {
        Files.copy(root().resolve("examples/bizon-demo.yml"), folder.resolve("p.yml"));

        assertThat(terminal.run("run", "p.yml", "--json")).isZero();

        assertThat(terminal.out()).hasLineCount(1);
        JsonNode object = new ObjectMapper().readTree(terminal.out());
        assertThat(object.propertyNames()).containsExactly("version", "pipeline", "run_id", "status", "streams");
        assertThat(object.path("status").asString()).isEqualTo("succeeded");
        assertThat(object.path("streams").path(0).propertyNames())
                .containsExactly(
                        "stream",
                        "status",
                        "read",
                        "added",
                        "written",
                        "rejected",
                        "filtered",
                        "deduplicated",
                        "commits",
                        "resumed",
                        "bytes_read",
                        "bytes_written",
                        "seconds",
                        "records_processed",
                        "checkpoints_saved",
                        "latency_ms",
                        "warnings");
        assertThat(object.path("streams").path(0).path("written").asInt()).isEqualTo(5);
        assertThat(terminal.err()).contains("9898");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "stream"})
    void rows_arrive_whole_under_each_runner_and_the_run_is_listed(String runner) throws IOException {
        orders("");

        assertThat(terminal.run("run", "p.yml", "--runner", runner)).isZero();
        assertThat(rows()).hasSize(5000);
        terminal.run("runs", "p.yml");
        assertThat(terminal.out()).hasLineCount(2).contains("succeeded");
        terminal.run("state", "p.yml");
        assertThat(terminal.out()).contains("5,000 rows written");
    }

    @Test
    void a_streaming_run_ends_when_nothing_comes_for_as_long_as_the_option_says() throws IOException {
        orders("  sync_mode: stream\n");

        assertThat(terminal.run("run", "p.yml", "--until-idle", "0.2")).isZero();
        assertThat(rows()).hasSize(5000);
        assertThat(terminal.run("run", "p.yml", "--until-idle", "soon")).isEqualTo(2);
        assertThat(terminal.err()).contains("needs a number of seconds, not 'soon'");
        assertThat(terminal.run("run", "p.yml", "--until-idle", "0")).isEqualTo(2);
    }

    @Test
    void a_source_that_fails_is_exit_code_1_and_leaves_nothing_to_see() throws IOException {
        orders("  fail_at_page: 3\n");

        assertThat(terminal.run("run", "p.yml", "--json")).isEqualTo(1);
        JsonNode object = new ObjectMapper().readTree(terminal.out());
        assertThat(object.path("status").asString()).isEqualTo("failed");
        assertThat(object.path("error").path("code").asString()).startsWith("W3");
        assertThat(terminal.err()).contains("error[W3");
        assertThat(rows()).isEmpty();
    }

    @Test
    void rejects_are_counted_listed_and_too_many_of_them_are_exit_code_4() throws IOException {
        Files.writeString(folder.resolve("in.ndjson"), "{\"id\":1}\nnonsense\n{\"id\":2}\n");
        files("");

        assertThat(terminal.run("run", "p.yml")).isZero();
        assertThat(terminal.err()).contains("1 reject, not in the data").contains("wisent rejects list p.yml --last");
        assertThat(rows()).hasSize(2);
        assertThat(terminal.run("rejects", "list", "p.yml", "--last")).isZero();
        assertThat(terminal.out()).contains("in.ndjson, line 2").contains("raw:    nonsense");

        Files.writeString(folder.resolve("in-2.ndjson"), "worse\nand worse\n");
        files("error_handling: {max_failures: 2}\n");
        assertThat(terminal.run("run", "p.yml")).isEqualTo(4);
        assertThat(terminal.err()).contains("error[W2006]");
    }

    @Test
    void names_from_variables_stay_readable_and_secrets_stay_out_of_the_run_record() throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: ${WORD}
                source: {name: files, stream: '${WORD}', path: '%s/${SECRET}.ndjson'}
                destination: {name: file, config: {path: '%s', format: ndjson}}
                """.formatted(folder, folder.resolve("out")));
        Files.writeString(folder.resolve("hunter2-hunter2.ndjson"), "{\"a\":1}\n");
        terminal.with("WORD", "status").with("SECRET", "hunter2-hunter2");

        assertThat(terminal.run("run", "p.yml", "--json")).isZero();
        JsonNode object = new ObjectMapper().readTree(terminal.out());
        assertThat(object.path("status").asString()).isEqualTo("succeeded");
        assertThat(object.path("pipeline").asString()).isEqualTo("status");

        Files.delete(folder.resolve("hunter2-hunter2.ndjson"));
        Files.createDirectory(folder.resolve("hunter2-hunter2.ndjson"));
        terminal.run("run", "p.yml", "--json");
        assertThat(terminal.out() + terminal.err()).doesNotContain("hunter2");
        terminal.run("runs", "--json");
        assertThat(terminal.out()).doesNotContain("hunter2");
    }

    @Test
    void a_pipeline_that_can_not_be_read_is_the_same_object_with_json() {
        assertThat(terminal.run("run", "no.yml", "--json")).isEqualTo(2);
        assertThat(terminal.out())
                .hasLineCount(1)
                .contains("\"status\":\"failed\"")
                .contains("\"code\":\"W1003\"");
    }

    @Test
    void every_example_passes_its_check() throws IOException {
        try (Stream<Path> examples = Files.list(root().resolve("examples"))) {
            for (Path example :
                    examples.filter(f -> f.toString().endsWith(".yml")).sorted().toList()) {
                if (Files.readString(example).contains("name: duckdb")) {
                    continue; // not on this module's class path: the family's own tests run it
                }
                String inFolder = Files.readString(example)
                        .replace("path: out/", "path: " + folder + "/out/")
                        .replace("path: examples/", "path: " + root() + "/examples/");
                Files.writeString(folder.resolve("p.yml"), inFolder);
                assertThat(terminal.run("check", "p.yml"))
                        .as(example + terminal.err())
                        .isZero();
            }
        }
    }

    private void orders(String more) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: orders
                source:
                  name: generator
                  stream: orders
                  rows: 5000
                %sdestination: {name: file, config: {path: '%s', format: ndjson, commit_interval: 1}}
                engine: {retry: {budget: 0}}
                """.formatted(more, folder.resolve("out")));
    }

    private void files(String more) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: lines
                source: {name: files, stream: lines, path: '%s/in*.ndjson'}
                destination: {name: file, config: {path: '%s', format: ndjson}}
                %s""".formatted(folder, folder.resolve("out"), more));
    }

    private List<String> rows() throws IOException {
        Path out = folder.resolve("out");
        if (!Files.exists(out)) {
            return List.of();
        }
        try (Stream<Path> parts = Files.list(out)) {
            return parts.filter(part -> part.toString().endsWith(".ndjson"))
                    .flatMap(part -> lines(part).stream())
                    .toList();
        }
    }

    private static List<String> lines(Path part) {
        try {
            return Files.readAllLines(part);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), f -> f != null, Path::getParent)
                .filter(f -> Files.exists(f.resolve("mvnw")))
                .findFirst()
                .orElseThrow();
    }
}
