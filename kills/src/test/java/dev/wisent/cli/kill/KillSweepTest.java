package dev.wisent.cli.kill;

import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.KillSweep;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The sweep an author of a connector uses, over a pipeline of ours.
class KillSweepTest {
    private static final int EVERYDAY = 4;
    private static final String PIPELINE = """
            name: sweep
            source: {name: generator, stream: orders, rows: 5000, page_size: 100, sleep_ms: 5}
            destination: {name: file, config: {path: out/, commit_interval: 0.1}}
            engine: {runner: {type: "${RUNNER}"}}
            """;

    @TempDir
    Path folder;

    private KillSweep sweep() {
        return KillSweep.of(
                folder,
                PIPELINE,
                working -> FolderOracle.ofFolder(working.resolve("out")).byGlob());
    }

    @TestFactory
    Stream<DynamicTest> killed_or_stopped_at_random_a_pipeline_ends_with_the_same_rows() {
        return sweep().atRandom(Long.getLong("wisent.seed", 1), EVERYDAY);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> killed_at_each_boundary_under_each_runner_a_pipeline_ends_with_the_same_rows() {
        return sweep().atEachBoundary();
    }
}
