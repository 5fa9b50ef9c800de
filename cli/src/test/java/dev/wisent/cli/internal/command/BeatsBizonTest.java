package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.source.SourceFactory;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.connectors.core.file.FileFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where Bizon was seen to fail. The numbers are those of the table in docs/reliability.md.
class BeatsBizonTest {
    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void terminal() {
        terminal = new Terminal(folder, Connectors.installed());
    }

    @ParameterizedTest(name = "case B4: {0}")
    @ValueSource(strings = {"full_refresh", "incremental"})
    void without_a_buffer_every_run_publishes(String mode) throws IOException {
        for (int run = 1; run <= 2; run++) {
            Files.writeString(folder.resolve("p.yml"), """
                    name: p
                    source: {name: generator, stream: orders, rows: %d, page_size: 20, sync_mode: %s}
                    destination: {name: file, config: {path: '%s/out/', buffer_size: 0}}
                    """.formatted(run * 100, mode, folder));
            assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

            assertThat(rows()).hasSize(run * 100).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest(name = "case B9: {0} {1}")
    @CsvSource({
        "stream, '',              stream",
        "thread, '',              worker",
        "thread, --runner=stream, stream",
        "stream, --runner=thread, worker"
    })
    void the_runner_of_the_pipeline_file_runs_it_unless_the_command_names_another(
            String type, String option, String thread) throws IOException {
        List<String> threads = new CopyOnWriteArrayList<>();
        SourceFactory watched = new WatchedDummy(
                (batch, page) -> threads.add(Thread.currentThread().getName()));
        terminal = new Terminal(folder, Connectors.holding(List.of(watched), List.of(new FileFactory())));
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: watched, stream: creatures}
                destination: {name: file, config: {path: '%s/out/'}}
                engine: {runner: {type: %s}}
                """.formatted(folder, type));

        int exit = option.isEmpty() ? terminal.run("run", "p.yml") : terminal.run("run", "p.yml", option);

        assertThat(exit).as(terminal.err()).isZero();
        assertThat(rows()).hasSize(5);
        assertThat(threads).hasSize(3).allMatch(name -> name.startsWith(thread));
    }

    @ParameterizedTest(name = "case B11: {0}")
    @ValueSource(strings = {"check", "plan", "run"})
    void incremental_reading_of_a_source_that_can_not_is_refused_before_anything_runs(String command)
            throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: dummy, stream: creatures, sync_mode: incremental}
                destination: {name: file, config: {path: '%s/out/'}}
                """.formatted(folder));

        assertThat(terminal.run(command, "p.yml")).isEqualTo(2);

        assertThat(terminal.err())
                .contains("p.yml:2:", "source.sync_mode: stream 'creatures' can't be read with sync_mode incremental");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    @DisplayName("case B16")
    void a_key_of_a_source_that_is_not_one_is_an_error_with_its_place() throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: dummy, stream: creatures, sync_mod: incremental}
                destination: {name: file, config: {path: '%s/out/'}}
                """.formatted(folder));

        assertThat(terminal.run("run", "p.yml")).isEqualTo(2);

        assertThat(terminal.err())
                .contains("p.yml:2:42: source.sync_mod: unknown key 'sync_mod' (did you mean 'sync_mode'?)");
    }

    private List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path part : files.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(part));
            }
        }
        return rows;
    }
}
