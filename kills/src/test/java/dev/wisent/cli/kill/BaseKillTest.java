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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Killed by SIGKILL while the commits are put together into a base, here every three of them.
@Execution(ExecutionMode.CONCURRENT)
class BaseKillTest {
    private static final String OFTEN = "-Dwisent.file.base_every=3";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "BASE_WRITTEN,     1, out/",
        "BASE_NAMED,       1, out.ndjson",
        "MANIFEST_REMOVED, 2, out/",
        "MANIFEST_REMOVED, 4, out.ndjson",
    })
    void a_run_killed_while_it_writes_a_base_and_its_rerun_equal_an_uninterrupted_run(
            Boundary boundary, int passing, String path) {
        equalsAnUninterruptedRun(boundary, passing, path);
    }

    @Tag("sweep")
    @ParameterizedTest
    @CsvSource({"BASE_WRITTEN, 2, out.ndjson", "BASE_NAMED, 2, out/"})
    void more_runs_killed_while_they_write_a_base_and_their_reruns_equal_uninterrupted_runs(
            Boundary boundary, int passing, String path) {
        equalsAnUninterruptedRun(boundary, passing, path);
    }

    private void equalsAnUninterruptedRun(Boundary boundary, int passing, String path) {
        PipelineYaml yaml = PipelineYaml.orders(Trial.ROWS)
                .source("sync_mode", "stream")
                .source("page_size", 100)
                .source("sleep_ms", 4)
                .destination("path", path)
                .destination("commit_interval", "0.02")
                .engine("until_idle", 1);
        yaml.write(folder);
        FolderOracle oracle = path.endsWith("/")
                ? FolderOracle.ofFolder(folder.resolve(path))
                : FolderOracle.ofFile(folder.resolve(path));
        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = command().heldAt(boundary, passing, gate).start()) {
            gate.awaitReached();
            run.send(Signal.KILL);
            run.await().exits(ChildResult.KILLED);
        }
        long committed = oracle.byManifest().size();
        yaml.source("sleep_ms", 0).write(folder);

        ChildResult rerun = command().result().exits(0);
        Trial.holds(oracle, Uninterrupted.orders());
        assertThat(rerun.count("read")).isEqualTo(Trial.ROWS - committed);
        assertThat(oracle.leftovers()).isEmpty();
    }

    private ChildCommand command() {
        return ChildCommand.run(folder, PipelineYaml.FILE).withJvm(OFTEN);
    }
}
