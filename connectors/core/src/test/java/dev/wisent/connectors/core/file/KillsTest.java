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
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Real processes, killed without warning at every passing of each boundary in turn; the next run finds all or nothing
/// of each commit.
@Execution(ExecutionMode.CONCURRENT)
class KillsTest {
    private static final ChildProgram DOOMED = new ChildProgram(Doomed.class, "out");
    private static final int KILLED = ChildResult.KILLED;
    private static final int MOST_PASSINGS = 12;
    private static final List<Boundary> WAY = List.of(
            Boundary.STAGING,
            Boundary.STAGED,
            Boundary.MANIFEST_WRITTEN,
            Boundary.MANIFEST_LINKED,
            Boundary.IN_ROLL_FORWARD,
            Boundary.ROLLED_FORWARD);

    @TempDir
    Path folder;

    private static Stream<Arguments> killed(String... names) {
        return Stream.of(names).flatMap(name -> WAY.stream().map(boundary -> Arguments.of(name, boundary)));
    }

    static Stream<Arguments> everyday() {
        return killed("out", "out.ndjson");
    }

    static Stream<Arguments> sweep() {
        return killed("parquet");
    }

    @ParameterizedTest
    @MethodSource("everyday")
    void a_killed_run_leaves_whole_commits(String name, Boundary boundary) throws Exception {
        holds(name, boundary);
    }

    /// The parts are others, their way into the folder is the same.
    @Tag("sweep")
    @ParameterizedTest
    @MethodSource("sweep")
    void a_killed_run_leaves_whole_commits_of_parquet(String name, Boundary boundary) throws Exception {
        holds(name, boundary);
    }

    private void holds(String name, Boundary boundary) throws Exception {
        int passing = 1;
        while (killedAt(name, boundary, passing)) {
            passing++;
            assertThat(passing).isLessThan(MOST_PASSINGS);
        }
        assertThat(passing).isGreaterThan(1);
    }

    private boolean killedAt(String name, Boundary boundary, int passing) throws Exception {
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
