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
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files into Parquet, stopped and gone on with: what each run says it did is what lies on disk.
class StatisticsTest {
    private static final int INTERRUPTED = 130;

    @TempDir
    Path folder;

    @Test
    void a_stopped_run_and_the_one_after_it_each_count_their_own_files_and_bytes() throws IOException {
        EventFiles.writeEarly(folder);
        EventFiles.writeLate(folder);
        PipelineYaml.files(EventFiles.GLOB)
                .destination("format", "parquet")
                .destination("commit_interval", 600)
                .engine("runner", "{type: stream}")
                .write(folder);
        Gate gate = new Gate(folder.resolve("gate"));
        ChildResult stopped;
        try (ChildRun run = command().heldAt(Boundary.DECODED, 1, gate).start()) {
            gate.awaitReached();
            run.send(Signal.TERM);
            Awaitility.await().until(() -> run.talk().contains("Stopping"));
            gate.open();
            stopped = run.await().exits(INTERRUPTED);
        }
        assertThat(stopped.count("files_processed"))
                .as("the one whose bytes were in the decoder, none that was only fetched")
                .isEqualTo(1);
        List<Path> first = parts();
        assertThat(stopped.count("parquet_files_written")).isPositive().isEqualTo(first.size());
        assertThat(stopped.count("bytes_written")).isEqualTo(bytes(first));
        assertThat(stopped.count("records_processed")).isEqualTo(stopped.count("files_processed") * 1000);
        assertThat(hidden()).as("parts that no commit names").isEmpty();

        ChildResult rerun = command().here().exits(0);

        assertThat(rerun.count("files_processed")).isEqualTo(13 - stopped.count("files_processed"));
        assertThat(rerun.count("records_processed")).isEqualTo(13_000 - stopped.count("records_processed"));
        assertThat(rerun.count("parquet_files_written")).isEqualTo(parts().size() - first.size());
        assertThat(rerun.count("bytes_written")).isEqualTo(bytes(parts()) - bytes(first));
        assertThat(rerun.count("checkpoints_saved")).isEqualTo(rerun.count("commits"));
    }

    private ChildCommand command() {
        return ChildCommand.run(folder, PipelineYaml.FILE);
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    private List<Path> hidden() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out/.wisent/parts"))) {
            return files.toList();
        }
    }

    private static long bytes(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}
