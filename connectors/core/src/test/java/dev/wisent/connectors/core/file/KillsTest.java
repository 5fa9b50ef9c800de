package dev.wisent.connectors.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildProgram;
import dev.wisent.testkit.ChildResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real processes, killed without warning at every passing of each boundary in turn; the next run finds all or nothing
/// of each commit.
@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass
@ValueSource(strings = {"out", "out.ndjson", "parquet"})
class KillsTest {
    private static final ChildProgram DOOMED = new ChildProgram(Doomed.class, "out");
    private static final int KILLED = ChildResult.KILLED;
    private static final int MOST_PASSINGS = 12;

    @TempDir
    Path folder;

    @Parameter
    String name;

    @ParameterizedTest
    @EnumSource(
            names = {"STAGING", "STAGED", "MANIFEST_WRITTEN", "MANIFEST_LINKED", "IN_ROLL_FORWARD", "ROLLED_FORWARD"})
    void a_killed_run_leaves_whole_commits(Boundary boundary) throws Exception {
        int passing = 1;
        while (killedAt(boundary, passing)) {
            passing++;
            assertThat(passing).isLessThan(MOST_PASSINGS);
        }
        assertThat(passing).isGreaterThan(1);
    }

    private boolean killedAt(Boundary boundary, int passing) throws Exception {
        Path path = folder.resolve(boundary + "-" + passing).resolve(name);
        int exit = DOOMED.killedAt(boundary, passing, path.toString());
        assertThat(exit).isIn(0, KILLED);

        Run next = Run.in(path);
        next.n = next.destination
                .progress(Run.ORDERS)
                .lane(dev.wisent.api.LaneId.FIRST)
                .last();
        Commit.Claim claim = next.claim();
        next.expectCommitted(claim);
        next.destination.sweep(claim);

        ProgressView progress = next.destination.progress(Run.ORDERS);
        assertThat(rows(path)).isEqualTo(expected(progress));
        int hidden = progress.open().map(open -> open.content().splits().size()).orElse(0);
        Path bookkeeping = Layout.of(path, false).bookkeeping();
        assertThat(Seen.names(bookkeeping.resolve("parts"))).hasSize(hidden);
        assertThat(Seen.names(bookkeeping)).noneMatch(file -> file.startsWith("tmp-"));
        return exit == KILLED;
    }

    private static List<String> expected(ProgressView progress) {
        if (!progress.live().id().equals(GenerationId.FIRST)) {
            return List.of("c", "d");
        }
        return progress.live().splits().isEmpty() ? List.of() : List.of("a", "b");
    }

    private static List<String> rows(Path path) {
        return Files.isDirectory(path)
                ? Seen.rows(path)
                : Seen.lines(path).stream()
                        .map(line -> line.replace("{\"v\":\"", "").replace("\"}", ""))
                        .toList();
    }
}
