package dev.wisent.connectors.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Counts;
import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Change;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.ProgressView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder that a million files have gone into.
class MillionFilesTest {
    private static final int EVERYDAY = 100_000;
    private static final int MILLION = 1_000_000;
    private static final int COMMITS = 20;
    /// What a million of them may take is 64 MB.
    private static final long BYTES_EACH = (64L << 20) / MILLION;

    @TempDir
    Path folder;

    @Test
    void after_many_files_one_more_commit_writes_little_and_the_progress_takes_little_memory() throws IOException {
        oneMoreCommitAfter(EVERYDAY);
    }

    @Test
    @Tag("sweep")
    void after_a_million_files_one_more_commit_writes_little_and_the_progress_takes_little_memory() throws IOException {
        oneMoreCommitAfter(MILLION);
    }

    private void oneMoreCommitAfter(int files) throws IOException {
        Run first = run().claimed();
        for (int commit = 0; commit < COMMITS; commit++) {
            first.expectCommitted(finished(first, commit, files / COMMITS));
        }

        long before = used();
        Run next = run().claimed();
        ProgressView progress = next.destination.progress(Run.ORDERS);
        long held = used() - before;
        assertThat(progress.live().splits()).hasSize(files);
        assertThat(progress.live().isFinished(id(files / 9 * 7))).isTrue();
        assertThat(held).as("heap held by destination and progress").isLessThan(BYTES_EACH * files);

        List<Path> there = files();
        next.append("one more");
        List<Path> added = new ArrayList<>(files());
        added.removeAll(there);
        assertThat(added).hasSize(2);
        long written = 0;
        for (Path file : added) {
            written += Files.size(file);
        }
        assertThat(written).as("rows and manifest").isLessThan(64 << 10);
    }

    private Run run() {
        return new Run(new FileDestination(Run.options(folder, Format.NDJSON, 10)));
    }

    private static Commit.Data finished(Run run, int commit, int each) {
        List<Advance> advances = new ArrayList<>();
        for (int i = commit * each; i < (commit + 1) * each; i++) {
            advances.add(new Advance(id(i), Position.START, Position.at(1_000), true));
        }
        Change change = new Change(Optional.empty(), List.of(), Counts.NONE, List.of());
        return new Commit.Data(run.next(), GenerationId.FIRST, Commit.Mode.APPEND, advances, List.of(), change);
    }

    private static SplitId id(int i) {
        Random random = new Random(i);
        return new SplitId(
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong()));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
