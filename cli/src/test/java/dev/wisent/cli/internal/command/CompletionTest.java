package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.cli.internal.FakeConnectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scripts, as the shells themselves understand them.
class CompletionTest {
    @TempDir
    Path folder;

    @Test
    void bash_completes_commands_and_options() throws Exception {
        Path script = script("bash");

        assertThat(shell(
                        "bash",
                        ". " + script + "; COMP_WORDS=(wisent re); COMP_CWORD=1; COMP_LINE='wisent re';"
                                + " _complete_wisent; echo ${COMPREPLY[@]}"))
                .contains("rejects");
        assertThat(shell(
                        "bash",
                        ". " + script + "; COMP_WORDS=(wisent rejects sh); COMP_CWORD=2;"
                                + " COMP_LINE='wisent rejects sh'; _complete_wisent; echo ${COMPREPLY[@]}"))
                .contains("show");
        assertThat(shell(
                        "bash",
                        ". " + script + "; COMP_WORDS=(wisent plan --j); COMP_CWORD=2;"
                                + " COMP_LINE='wisent plan --j'; _complete_wisent; echo ${COMPREPLY[@]}"))
                .contains("--json");
    }

    @Test
    void bash_offers_the_values_of_an_option_and_files_where_a_file_is_meant() throws Exception {
        Path script = script("bash");
        Files.writeString(folder.resolve("orders.yml"), "");

        assertThat(bash(script, "wisent run --runner ")).contains("thread", "stream", "process");
        assertThat(bash(script, "wisent completion f")).contains("fish");
        assertThat(shell("bash", ". " + script + "; complete -p wisent")).contains("-o default", "_complete_wisent");
        // what the shell falls back to is not switched off for a word
        for (String line : List.of("wisent run or", "wisent run --env-file or", "wisent rejects show or")) {
            assertThat(bash(script, line)).as(line).isBlank();
        }
    }

    /// What `line` can go on with.
    private String bash(Path script, String line) throws Exception {
        String words = line.endsWith(" ") ? line + "''" : line;
        return shell(
                "bash",
                ". " + script + "; compopt() { echo \"compopt $*\"; }; COMP_WORDS=(" + words
                        + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='" + line
                        + "'; _complete_wisent; echo ${COMPREPLY[@]}");
    }

    @Test
    void zsh_takes_the_script() throws Exception {
        Path script = script("zsh");
        assumeTrue(isThere("zsh"), "zsh is not installed");

        assertThat(shell("zsh", "autoload -U +X compinit && compinit -u; . " + script + "; echo $_comps[wisent]"))
                .contains("_bash_complete");
    }

    @Test
    void zsh_completes_commands_values_and_files_as_they_are_typed() throws Exception {
        script("zsh");
        assumeTrue(isThere("zsh"), "zsh is not installed");
        Files.writeString(folder.resolve("orders.yml"), "");
        Path typed = Files.writeString(folder.resolve("typed.zsh"), """
                zmodload zsh/zpty
                zpty -b shell 'zsh -f -i'
                seen() {
                    local text=
                    repeat 200; do
                        while zpty -r -t shell line; do text+=$line; done
                        [[ $text == *$1* ]] && { print -r -- "seen: $1"; return }
                        sleep 0.1
                    done
                    print -r -- "not seen: $1, but ${(V)text}"
                }
                zpty -w shell 'autoload -U compinit && compinit -u -D; . ./completion.zsh; bindkey "^I" complete-word; print READ""Y'
                seen READY
                for pair in 'wisent rej=wisent rejects' 'wisent run --runner st=--runner stream' 'wisent run or=wisent run orders.yml'; do
                    zpty -w -n shell "${pair%%=*}"$'\\t'
                    seen "${pair#*=}"
                    zpty -w -n shell $'\\C-u'
                done
                """);

        assertThat(shell("zsh", "zsh " + typed))
                .contains("seen: wisent rejects", "seen: --runner stream", "seen: wisent run orders.yml")
                .doesNotContain("not seen");
    }

    @Test
    void fish_completes_commands_and_options() throws Exception {
        Path script = script("fish");
        assumeTrue(isThere("fish"), "fish is not installed");

        assertThat(shell("fish", "source " + script + "; complete -C 'wisent re'"))
                .contains("rejects");
        assertThat(shell("fish", "source " + script + "; complete -C 'wisent rejects '"))
                .contains("show")
                .doesNotContain("doctor");
        assertThat(shell("fish", "source " + script + "; complete -C 'wisent plan --j'"))
                .contains("--json");
        assertThat(shell("fish", "source " + script + "; complete -C 'wisent run --runner '"))
                .contains("thread", "stream", "process")
                .doesNotContain("completion.fish");
        assertThat(shell("fish", "source " + script + "; complete -C 'wisent completion '"))
                .contains("bash", "zsh", "fish");
    }

    @Test
    void another_shell_is_refused() {
        Terminal terminal = new Terminal(folder, FakeConnectors.all());

        assertThat(terminal.run("completion", "tcsh")).isEqualTo(2);
        assertThat(terminal.err()).contains("bash, zsh or fish");
    }

    private Path script(String shell) throws IOException {
        Terminal terminal = new Terminal(folder, FakeConnectors.all());
        assertThat(terminal.run("completion", shell)).isZero();
        return Files.writeString(folder.resolve("completion." + shell), terminal.out());
    }

    private static boolean isThere(String shell) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + shell).start().waitFor() == 0;
    }

    private String shell(String shell, String commands) throws Exception {
        Process process = new ProcessBuilder(shell, "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
