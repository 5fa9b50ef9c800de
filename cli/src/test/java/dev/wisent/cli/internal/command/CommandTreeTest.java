package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.FakeConnectors;
import dev.wisent.cli.internal.FakeConnectors.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTreeTest {
    private static final String PIPELINE = """
            name: a
            source: {name: letters, stream: capital}
            destination: {name: shelf, config: {path: x}}
            """;

    @TempDir
    Path folder;

    private final Shelf shelf = new Shelf();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "rnu | 2 | error[W1005]: there is no command 'wisent rnu'",
                "rnu | 2 | did you mean 'run'?",
                "project p.yml | 2 | error[W1005]: 'project' is not available in this version yet",
                "copy p.yml | 2 | error[W1005]: Missing required parameter: 'DST'",
                "source | 2 | error[W1005]: 'wisent source' needs a command: list",
                "source lst | 2 | did you mean 'list'?",
                "check . | 2 | error[W1003]: . is a folder, and a pipeline is a file",
                "init --from letters --to shelf p.yml | 2 | next:   wisent check p.yml",
                "frobnicate | 2 | the help lists the commands there are",
                "server | 2 | the help lists the commands there are",
                "init | 2 | next:   wisent init --help",
                "copy a b | 2 | next:   wisent copy --help",
                "import blizzard no.yaml | 2 | error[W1003]: there is no file no.yaml",
                "import blizzard no.yaml | 2 | next:   wisent import blizzard --help",
                "check p.yml --jsno | 2 | did you mean '--json'?",
                "check | 2 | error[W1005]: Missing required parameter: 'FILE'",
                "check a b | 2 | takes no further argument 'b'",
                "check p.yml --log-level loud | 2 | error[W1005]: there is no log level 'loud'",
                "check no.yml | 2 | error[W1003]: there is no file no.yml",
                "check p.yml --env-file no.env | 2 | error[W1003]: the environment file",
                "stream list leters | 2 | error[W1007]: there is no source 'leters'",
                "runs --last x | 2 | error[W1005]: --last needs a number",
                "run p.yml --runner flink | 2 | error[W1005]",
            })
    void what_can_not_be_done_is_told_on_stderr_with_exit_code_2(String args, int code, String told)
            throws IOException {
        pipeline(PIPELINE);
        Terminal terminal = terminal();

        assertThat(terminal.run(args.split(" "))).isEqualTo(code);
        assertThat(terminal.err()).contains(told);
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void help_names_every_command_there_is_and_shows_examples_first() {
        Terminal terminal = terminal();
        assertThat(terminal.run("--help")).isZero();

        String help = terminal.out();
        assertThat(help.indexOf("Examples")).isBetween(0, help.indexOf("Commands"));
        CommandTree.commandLine().getSubcommands().forEach((name, command) -> {
            if (command.getSubcommands().isEmpty()) {
                assertThat(help).contains("  " + name + " ");
            }
            command.getSubcommands().keySet().forEach(sub -> assertThat(help).contains("  " + name + " " + sub + " "));
        });
        CommandTree.LATER.forEach(later -> assertThat(help).contains(later));
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void the_version_and_the_help_of_a_command_go_to_stdout() {
        Terminal terminal = terminal();
        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.out()).startsWith("wisent ");
        assertThat(terminal.run("run", "--help")).isZero();
        assertThat(terminal.out()).contains("--env-file");
    }

    @Test
    void check_says_what_works_and_what_is_guaranteed() throws IOException {
        pipeline(PIPELINE);
        Terminal terminal = terminal();

        assertThat(terminal.run("check", "p.yml")).isZero();
        assertThat(terminal.out()).isEqualTo("""
                CHECK          RESULT
                configuration  ok      p.yml
                source         ok      letters
                stream         ok      capital, full_refresh
                destination    ok      shelf, shelf 7
                traits         ok      replay exact, columns, publish each commit
                write mode     ok      append: no source.primary_key is given
                guarantee      ok      exactly once: positions are part of each commit, and the source gives the same records again
                state store    ok      sqlite, %1$s/.wisent/state.db, made by the first run
                rejects        ok      %1$s/.wisent/rejects/a
                next: wisent run p.yml
                """.formatted(folder));
        assertThat(terminal.run("check", "p.yml", "--json")).isZero();
        assertThat(terminal.out())
                .startsWith("{\"version\":1,\"pipeline\":\"a\",\"ok\":true,\"checks\":[{")
                .hasLineCount(1);
    }

    @Test
    void a_destination_that_can_not_be_reached_is_exit_code_3() throws IOException {
        pipeline(PIPELINE);
        shelf.failsCheckWith(WisentException.of(ErrorCode.DESTINATION_CONNECTION, "no shelf there"));
        Terminal terminal = terminal();

        assertThat(terminal.run("check", "p.yml")).isEqualTo(3);
        assertThat(terminal.out()).contains("destination    failed  W4001 no shelf there");
        assertThat(terminal.err()).contains("error[W4001]: no shelf there");
    }

    @Test
    void a_refusal_is_exit_code_5() throws IOException {
        pipeline(PIPELINE);
        shelf.failsCheckWith(WisentException.of(ErrorCode.DESTINATION_FOREIGN, "not yours"));

        assertThat(terminal().run("check", "p.yml")).isEqualTo(5);
    }

    @Test
    void a_defect_asks_to_be_reported_and_shows_its_trace_only_on_demand() throws IOException {
        pipeline(PIPELINE);
        shelf.failsCheckWith(new IllegalStateException("shelf fell down"));
        Terminal terminal = terminal();

        assertThat(terminal.run("state", "p.yml", "--no-such")).isEqualTo(2);
        assertThat(terminal.run("check", "p.yml")).isEqualTo(1);
        assertThat(terminal.err())
                .contains("error[W5005]: a defect in Wisent (IllegalStateException: shelf fell down)")
                .contains("please report it")
                .doesNotContain("\tat ");
    }

    @Test
    void a_secret_in_a_foreign_message_is_masked_on_both_streams() throws IOException {
        pipeline("""
                name: a
                source: {name: letters, stream: capital, fail_with: "url?password=${SECRET}"}
                destination: {name: shelf, config: {path: x}}
                """);
        Terminal terminal = terminal().with("SECRET", "hunter2-hunter2");

        assertThat(terminal.run("check", "p.yml")).isEqualTo(1);
        assertThat(terminal.out() + terminal.err()).contains("***").doesNotContain("hunter2");
        assertThat(terminal.run("check", "p.yml", "--json")).isEqualTo(1);
        assertThat(terminal.out() + terminal.err()).contains("***").doesNotContain("hunter2");
    }

    @Test
    void errors_are_objects_too() {
        Terminal terminal = terminal();

        assertThat(terminal.run("check", "no.yml", "--json")).isEqualTo(2);
        assertThat(terminal.out())
                .startsWith("{\"version\":1,\"error\":{\"code\":\"W1003\",\"message\":\"there is no file no.yml\"");
    }

    @Test
    void lists_show_what_there_is() {
        Terminal terminal = terminal();

        terminal.run("source", "list");
        assertThat(terminal.out()).contains("letters    core  capital, small  letters of an alphabet");
        terminal.run("destination", "list", "--json");
        assertThat(terminal.out())
                .startsWith(
                        "{\"version\":1,\"destinations\":[{\"name\":\"shelf\",\"summary\":\"a shelf to put letters on\",\"origin\":\"core\",\"commit_interval\":2.5}],\"later\":[\"bigquery\"");
        terminal.run("stream", "list", "letters");
        assertThat(terminal.out()).contains("capital  full_refresh, incremental (default full_refresh)  id    seen_at");
    }

    @Test
    void discover_shows_how_large_streams_are_and_what_may_be_read() {
        Terminal terminal = terminal();

        assertThat(terminal.run("discover", "--source", "letters")).isZero();
        assertThat(terminal.out()).isEqualTo("""
                stream   capital
                modes    full_refresh, incremental (default full_refresh)
                keys     id
                cursors  seen_at
                rows     about 1,234,567
                rights   only some columns may be read
                columns  known when it is read

                stream   small
                modes    full_refresh (default full_refresh)
                keys     id
                cursors  seen_at
                columns  known when it is read
                """);
        assertThat(terminal.run("discover", "--source", "letters", "--json")).isZero();
        assertThat(terminal.out())
                .contains("\"cursor_candidates\":[\"seen_at\"],\"estimated_rows\":1234567,\"rights\":\"some\"}")
                .endsWith("\"cursor_candidates\":[\"seen_at\"]}]}\n");
    }

    private Terminal terminal() {
        return new Terminal(folder, FakeConnectors.with(shelf));
    }

    private void pipeline(String text) throws IOException {
        Files.writeString(folder.resolve("p.yml"), text);
    }
}
