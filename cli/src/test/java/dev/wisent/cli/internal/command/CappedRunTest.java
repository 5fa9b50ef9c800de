package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.cli.internal.config.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CappedRunTest {
    @TempDir
    Path folder;

    /// Nothing more comes for a file whose end is beyond the cap, so there is no grace to wait for.
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_capped_run_does_not_wait_for_what_it_may_not_read() throws IOException {
        Files.writeString(folder.resolve("in.ndjson"), "{\"id\":1}\n{\"id\":2}\n");
        Files.writeString(folder.resolve("p.yml"), """
                name: letters
                source: {name: files, stream: events, path: "%1$s/in.ndjson", max_iterations: 1}
                destination: {name: file, config: {path: "%1$s/out/"}}
                engine: {grace: 3600}
                """.formatted(folder));
        Terminal terminal = new Terminal(folder, Connectors.installed());

        assertThat(terminal.run("run", "p.yml", "--json")).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("max_iterations reached");
    }
}
