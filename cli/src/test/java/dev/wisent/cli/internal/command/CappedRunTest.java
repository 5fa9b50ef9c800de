package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.cli.internal.config.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CappedRunTest {
    @TempDir
    Path folder;

    private static final Pattern WRITTEN = Pattern.compile("\"written\":(\\d+),");

    private static String lines(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(id -> "{\"id\":" + id + ",\"note\":\"" + "x".repeat(1_000) + "\"}\n")
                .collect(Collectors.joining());
    }

    /// Parts of a file can't be committed, so a cap below its size would never let a run get on.
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_capped_run_ends_the_file_it_began_and_begins_no_other() throws IOException {
        Files.writeString(folder.resolve("a.ndjson"), lines(0, 700));
        Files.writeString(folder.resolve("b.ndjson"), lines(700, 500));
        Files.writeString(folder.resolve("p.yml"), """
                name: letters
                source: {name: files, stream: events, path: "%1$s/*.ndjson", max_iterations: 1, max_concurrent_files: 1}
                destination: {name: file, config: {path: "%1$s/out/"}}
                engine: {grace: 3600, runner: {config: {max_workers: 1}}}
                """.formatted(folder));
        Terminal terminal = new Terminal(folder, Connectors.installed());

        List<String> written = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            assertThat(terminal.run("run", "p.yml", "--json"))
                    .as(terminal.err())
                    .isZero();
            written.add(WRITTEN.matcher(terminal.out())
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1));
        }

        assertThat(written).as("whichever file is fetched first").containsExactlyInAnyOrder("700", "500");
    }
}
