package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.Signal;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The first signal drains and commits, the second gives up, both resume (R13).
@Execution(ExecutionMode.CONCURRENT)
class SignalTest {
    private static final int INTERRUPTED = 130;
    private static final PipelineYaml YAML =
            PipelineYaml.orders(Trial.ROWS).source("page_size", 100).source("sleep_ms", 20);

    @TempDir
    Path folder;

    private FolderOracle oracle;
    private Gate gate;

    @BeforeEach
    void lookAtOutput() {
        oracle = FolderOracle.ofFolder(folder.resolve("out"));
        gate = new Gate(folder.resolve("gate"));
    }

    @ParameterizedTest
    @CsvSource({"TERM, thread", "INT, thread", "TERM, stream", "INT, stream"})
    void a_first_signal_drains_and_commits_and_the_rerun_reads_the_rest(Signal signal, String runner) {
        // The only commit before the end is the one of the stop.
        YAML.destination("commit_interval", 600)
                .engine("runner", "{type: " + runner + "}")
                .write(folder);
        try (ChildRun run = command().heldAt(Boundary.DECODED, 40, gate).start()) {
            gate.awaitReached();
            run.send(signal);
            Awaitility.await().until(() -> run.talk().contains("Stopping"));
            gate.open();

            ChildResult stopped = run.await().exits(INTERRUPTED);
            assertThat(stopped.status()).isEqualTo("interrupted");
            assertThat(stopped.count("written"))
                    .isGreaterThanOrEqualTo(40 * 100)
                    .isLessThan(Trial.ROWS);
            assertThat(oracle.committedRows()).isEqualTo(stopped.count("written"));
            assertThat(oracle.byGlob().size()).isZero();
        }
        resumes(YAML);
    }

    @Test
    void a_first_signal_lets_open_files_be_read_to_their_end_and_the_rerun_reads_the_others() {
        EventFiles.writeEarly(folder);
        EventFiles.writeLate(folder);
        PipelineYaml.files(EventFiles.GLOB)
                .destination("commit_interval", 600)
                .engine("runner", "{type: stream}")
                .write(folder);
        try (ChildRun run = command().heldAt(Boundary.DECODED, 4, gate).start()) {
            gate.awaitReached();
            run.send(Signal.TERM);
            Awaitility.await().until(() -> run.talk().contains("Stopping"));
            gate.open();

            ChildResult stopped = run.await().exits(INTERRUPTED);
            assertThat(stopped.count("written"))
                    .isGreaterThan(0)
                    .isLessThan(EventFiles.rows().size());
            assertThat(oracle.byGlob().size()).isEqualTo(stopped.count("written"));
        }
        long committed = oracle.committedRows();
        ChildResult rerun = command().here().exits(0);
        assertThat(rerun.count("read")).isEqualTo(EventFiles.rows().size() - committed);
        Trial.holds(oracle, EventFiles.rows());
    }

    @ParameterizedTest
    @EnumSource(names = {"TERM", "INT"})
    void a_second_signal_aborts_without_a_commit_and_the_rerun_resumes(Signal signal) {
        YAML.destination("commit_interval", "0.2").write(folder);
        try (ChildRun run = command().heldAt(Boundary.STAGED, 3, gate).start()) {
            gate.awaitReached();
            long committed = oracle.committedRows();
            run.send(signal);
            Awaitility.await().until(() -> run.talk().contains("Stopping"));
            assertThat(run.isAlive()).isTrue();
            run.send(signal);

            run.await().exits(INTERRUPTED);
            assertThat(oracle.committedRows()).isEqualTo(committed);
        }
        resumes(YAML);
    }

    @Test
    void a_streaming_run_stopped_by_a_signal_has_shown_all_it_read() {
        PipelineYaml stream = YAML.source("sync_mode", "stream").destination("commit_interval", 600);
        stream.write(folder);
        try (ChildRun run = command().heldAt(Boundary.DECODED, 40, gate).start()) {
            gate.awaitReached();
            gate.open();
            run.send(Signal.TERM);
            ChildResult stopped = run.await().exits(INTERRUPTED);
            assertThat(oracle.byGlob().size()).isEqualTo(stopped.count("read"));
        }
        resumes(stream.engine("until_idle", 1));
    }

    private void resumes(PipelineYaml yaml) {
        yaml.source("sleep_ms", 0).write(folder);
        long committed = oracle.committedRows();
        ChildResult rerun = command().here().exits(0);
        assertThat(rerun.count("read")).isEqualTo(Trial.ROWS - committed);
        Trial.holds(oracle, Uninterrupted.orders());
    }

    private ChildCommand command() {
        return ChildCommand.run(folder, PipelineYaml.FILE);
    }
}
