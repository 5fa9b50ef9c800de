package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.cli.internal.FakeConnectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void zsh_takes_the_script() throws Exception {
        Path script = script("zsh");
        assumeTrue(isThere("zsh"), "zsh is not installed");

        assertThat(shell("zsh", "autoload -U +X compinit && compinit -u; . " + script + "; echo $_comps[wisent]"))
                .contains("_bash_complete");
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
