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
import tools.jackson.databind.ObjectMapper;

class LogsCommandTest {
    private static final String SECRET = "pl@nted-in-a-log";

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void terminal() {
        terminal = new Terminal(folder, Connectors.installed()).with("PLANTED", SECRET);
    }

    private void pipeline(String name, String more) throws IOException {
        Files.writeString(folder.resolve(name + ".yml"), """
                name: %s
                source: {name: dummy, stream: creatures}
                destination: {name: file, config: {path: '%s/%s/'}}
                %s
                """.formatted(name, folder, name, more));
    }

    private List<Path> logs(String pipeline) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(".wisent/logs").resolve(pipeline))) {
            return files.sorted().toList();
        }
    }

    @Test
    void the_log_of_the_last_run_tells_when_it_began_and_how_it_ended() throws IOException {
        pipeline("a", "");
        pipeline("b", "");
        terminal.run("run", "a.yml");
        terminal.run("run", "b.yml");

        assertThat(terminal.run("logs", "a")).isZero();
        assertThat(terminal.out())
                .containsPattern(
                        "\\d\\d\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z  info      run \\S+ of pipeline a, stream creatures")
                .containsPattern("finished|succeeded; creatures \\d+ rows in");
        assertThat(terminal.run("logs")).isZero();
        assertThat(terminal.out()).contains("of pipeline b,");
        assertThat(terminal.run("logs", "a.yml", "-n", "1")).isZero();
        assertThat(terminal.out().lines().toList()).singleElement().asString().contains("succeeded");
    }

    @Test
    void what_a_run_said_is_read_by_name_while_its_file_is_broken() throws IOException {
        pipeline("first", "");
        assertThat(terminal.run("run", "first.yml")).isZero();
        Files.writeString(folder.resolve("first.yml"), "nam: first\n");

        assertThat(terminal.run("logs", "first.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("until then the logs are read by the pipeline's name: wisent logs NAME");
        assertThat(terminal.run("logs", "first")).isZero();
        assertThat(terminal.out()).contains("succeeded");
    }

    @Test
    void json_is_exactly_what_is_kept() throws IOException {
        pipeline("a", "");
        terminal.run("run", "a.yml");

        assertThat(terminal.run("logs", "--json", "--level", "trace")).isZero();

        assertThat(terminal.out()).isEqualTo(Files.readString(logs("a").getFirst()));
        assertThat(terminal.out()
                        .lines()
                        .map(line ->
                                new ObjectMapper().readTree(line).path("event").asString()))
                .startsWith("started")
                .endsWith("finished");
    }

    @Test
    void a_failed_run_leaves_its_error_and_the_trace_for_those_who_ask() throws IOException {
        Files.writeString(folder.resolve("blocker"), "a file where a folder is wanted");
        pipeline("a", "engine: {retry: {budget: 0.1}}");
        Files.writeString(
                folder.resolve("a.yml"),
                Files.readString(folder.resolve("a.yml")).replace(folder + "/a/", folder + "/blocker/${PLANTED}/"));

        assertThat(terminal.run("run", "a.yml")).isNotZero();

        assertThat(terminal.run("logs", "--level", "error")).isZero();
        assertThat(terminal.out())
                .contains("error[W4", "\n    where:", "\n    next:", "***")
                .doesNotContain("\tat ");
        assertThat(terminal.run("logs", "--level", "debug")).isZero();
        assertThat(terminal.out()).contains("\tat dev.wisent").contains("failed");
        assertThat(Files.readString(logs("a").getFirst())).doesNotContain(SECRET);
    }

    @Test
    void a_run_is_chosen_by_the_beginning_of_its_id() throws IOException {
        pipeline("a", "");
        terminal.run("run", "a.yml");
        terminal.run("run", "a.yml");
        String first = logs("a").getFirst().getFileName().toString().replace(".log", "");

        assertThat(terminal.run("logs", "--run", first)).isZero();
        assertThat(terminal.out()).contains("run " + first);
        assertThat(terminal.run("logs", "--run", "2")).isEqualTo(2);
        assertThat(terminal.err()).contains("2 runs begin with '2'");
        assertThat(terminal.run("logs", "--run", "nonsense")).isEqualTo(2);
        assertThat(terminal.run("logs", "nobody")).isEqualTo(2);
        assertThat(terminal.err()).contains("there are logs of: a");
    }

    @Test
    void only_the_logs_that_were_written_to_last_are_kept() throws IOException {
        pipeline("a", "engine: {logs: {keep: 2}}");
        for (int run = 0; run < 4; run++) {
            terminal.run("run", "a.yml");
        }
        assertThat(logs("a")).hasSize(2);

        pipeline("none", "engine: {logs: {keep: 0}}");
        terminal.run("run", "none.yml");
        assertThat(folder.resolve(".wisent/logs/none")).doesNotExist();
        assertThat(terminal.run("logs", "none.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("engine.logs.keep");
    }

    @Test
    void a_log_that_can_not_be_written_is_a_warning_and_the_run_goes_on() throws IOException {
        Files.createDirectories(folder.resolve(".wisent"));
        Files.writeString(folder.resolve(".wisent/logs"), "a file where a folder is wanted");
        pipeline("a", "");

        assertThat(terminal.run("run", "a.yml")).isZero();

        assertThat(terminal.err()).containsOnlyOnce("warning[W4002]: the log of this run is not kept");
    }

    @Test
    void warnings_of_the_configuration_are_in_the_log_as_warnings() throws IOException {
        pipeline("a", "engine: {queue: {config: {max_nb_messages: 5}}}");
        terminal.run("run", "a.yml");

        assertThat(terminal.run("logs", "--level", "warning")).isZero();
        assertThat(terminal.out()).contains("  warning   warning: ").contains("max_nb_messages");
    }
}
