package dev.wisent.cli.kill;

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
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs with transforms, killed by SIGKILL: after a crash the same input is cut into other batches and must give the same rows.
@Execution(ExecutionMode.CONCURRENT)
class TransformKillTest {
    private static final int ROWS = 2_000;
    /// Orders above are too dear for the type: rejects.
    private static final String STEPS = """
            transforms:
              - {label: names, rename: {note: remark}}
              - {label: secret, mask: {customer_id: hash, status: redact}, salt: pepper}
              - {label: cheap, cast: {amount: "decimal(5,2)"}}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "DECODED,   30, full_refresh",
        "STAGED,    2,  full_refresh",
        "COMMITTED, 2,  full_refresh",
        "COMMITTED, 3,  incremental",
        "WRITTEN,   40, stream",
        "COMMITTED, 3,  stream",
    })
    void transformed_rows_of_a_killed_run_and_its_rerun_are_those_of_an_undisturbed_one(
            Boundary boundary, int passing, String mode) throws IOException {
        Path undisturbed = Files.createDirectory(folder.resolve("undisturbed"));
        Path killed = Files.createDirectory(folder.resolve("killed"));
        pipeline(undisturbed, mode);
        pipeline(killed, mode);
        ChildResult whole =
                ChildCommand.run(undisturbed, PipelineYaml.FILE).result().exits(0);

        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = ChildCommand.run(killed, PipelineYaml.FILE)
                .heldAt(boundary, passing, gate)
                .start()) {
            gate.awaitReached();
            run.send(Signal.KILL);
            run.await().exits(ChildResult.KILLED);
        }
        ChildCommand.run(killed, PipelineYaml.FILE).result().exits(0);

        List<String> rows = rows(undisturbed);
        assertThat(rows).hasSize((int) whole.count("written")).hasSizeBetween(1, ROWS - 1);
        assertThat(whole.count("written") + whole.count("rejected")).isEqualTo(ROWS);
        assertThat(rows(killed)).containsExactlyInAnyOrderElementsOf(rows);
    }

    private static void pipeline(Path work, String mode) throws IOException {
        PipelineYaml.orders(ROWS)
                .source("page_size", 20)
                .source("sleep_ms", 3)
                .source("sync_mode", mode)
                .destination("commit_interval", "0.05")
                .engine("until_idle", "0.5")
                .write(work);
        Files.writeString(work.resolve(PipelineYaml.FILE), STEPS, StandardOpenOption.APPEND);
    }

    private static List<String> rows(Path work) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(work.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(file));
            }
        }
        return rows;
    }
}
