package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files into a table, by the command itself: what a stop does, and that the run's statistics are what lies on disk.
@Execution(ExecutionMode.CONCURRENT)
class StoppedRunTest {
    private static final int INTERRUPTED = 130;
    private static final int FILES = 60;
    private static final int ROWS_A_FILE = 100;
    private static final String PIPELINE = """
            name: events
            source: {name: files, stream: events, path: "in/*.ndjson", format: ndjson,
                     schema: {fields: [{name: id, type: string, nullable: false}]}}
            destination: {name: delta, config: {path: table, commit_interval: 600}}
            engine: {runner: {type: %s}}
            """;

    @TempDir
    Path folder;

    private record Lake(long entries, long dataFiles, long bytes) {}

    @ParameterizedTest
    @CsvSource({"TERM, thread", "INT, stream"})
    void a_stop_ends_open_files_uploads_them_and_commits_and_nothing_else_is_begun(Signal signal, String runner)
            throws IOException {
        writeFiles();
        Files.writeString(folder.resolve("p.yml"), PIPELINE.formatted(runner));
        Gate gate = new Gate(folder.resolve("gate"));
        ChildResult stopped;
        try (ChildRun run = command().heldAt(Boundary.DECODED, 4, gate).start()) {
            gate.awaitReached();
            run.send(signal);
            Awaitility.await().until(() -> run.talk().contains("Stopping"));
            gate.open();
            stopped = run.await().exits(INTERRUPTED);
        }

        assertThat(stopped.status()).isEqualTo("interrupted");
        assertThat(stopped.count("files_processed"))
                .as("those that were open, not those that waited")
                .isBetween(1L, FILES - 1L);
        List<String> shown = TableReader.values(folder.resolve("table"), "id");
        assertThat(shown)
                .hasSize((int) stopped.count("files_processed") * ROWS_A_FILE)
                .doesNotHaveDuplicates();
        assertThat(stopped.count("records_processed")).isEqualTo(shown.size());
        assertThat(stopped.count("checkpoints_saved"))
                .as("the commit of the stop, or one of each worker")
                .isBetween(1L, 2L)
                .isEqualTo(stopped.count("commits"));
        Lake first = lake();
        assertIs(first, new Lake(0, 0, 0), stopped);

        ChildResult rerun = command().result().exits(0);

        assertThat(rerun.count("files_processed")).isEqualTo(FILES - stopped.count("files_processed"));
        assertThat(TableReader.values(folder.resolve("table"), "id")).isEqualTo(ids());
        assertIs(lake(), first, rerun);
    }

    @Test
    void a_run_with_nothing_to_do_counts_its_claim_and_zeros() throws IOException {
        writeFiles();
        Files.writeString(folder.resolve("p.yml"), PIPELINE.formatted("thread"));
        command().result().exits(0);
        Lake before = lake();

        ChildResult again = command().result().exits(0);

        assertThat(again.count("files_processed")).isZero();
        assertThat(again.count("records_processed")).isZero();
        assertIs(lake(), before, again);
    }

    private static void assertIs(Lake after, Lake before, ChildResult told) {
        assertThat(told.count("delta_commits")).isEqualTo(after.entries() - before.entries());
        assertThat(told.count("parquet_files_written")).isEqualTo(after.dataFiles() - before.dataFiles());
        assertThat(told.count("bytes_written")).isEqualTo(after.bytes() - before.bytes());
    }

    private ChildCommand command() {
        return ChildCommand.run(folder, "p.yml");
    }

    private void writeFiles() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        for (int file = 0; file < FILES; file++) {
            StringBuilder lines = new StringBuilder();
            for (int row = 0; row < ROWS_A_FILE; row++) {
                lines.append("{\"id\":\"").append(id(file, row)).append("\"}\n");
            }
            Files.writeString(in.resolve("f-%03d.ndjson".formatted(file)), lines);
        }
    }

    private static String id(int file, int row) {
        return "%03d-%03d".formatted(file, row);
    }

    private static List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            for (int row = 0; row < ROWS_A_FILE; row++) {
                ids.add(id(file, row));
            }
        }
        return ids;
    }

    /// Entries of the log, and every data file there is, named by the log or not.
    private Lake lake() throws IOException {
        Path log = folder.resolve("table/_delta_log");
        try (Stream<Path> entries = Files.list(log);
                Stream<Path> files = Files.walk(folder.resolve("table"))) {
            List<Path> data = files.filter(file -> file.toString().endsWith(".parquet") && !file.startsWith(log))
                    .toList();
            long bytes = 0;
            for (Path file : data) {
                bytes += Files.size(file);
            }
            return new Lake(
                    entries.filter(file -> file.getFileName().toString().matches("\\d{20}\\.json"))
                            .count(),
                    data.size(),
                    bytes);
        }
    }
}
