package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.KillCase;
import dev.wisent.testkit.KillPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs killed by SIGKILL at any moment, or at any passing of any boundary, one to three times before one gets through. A
/// test's name holds its seed: `-Dkill.seed=SEED` runs that one alone.
@Execution(ExecutionMode.CONCURRENT)
class RandomKillTest {
    private static final int EVERYDAY = 5;
    private static final int SWEEP = 200;
    private static final int MOST_KILLS = 3;
    /// An undisturbed run takes about as long.
    private static final int LATEST_KILL_MILLIS = 1_500;
    private static final int LATEST_PASSING = 12;
    private static final List<KillCase> CASES = KillPlan.everything();

    @TempDir
    Path folder;

    static Stream<Long> some() {
        return seeds(EVERYDAY);
    }

    static Stream<Long> many() {
        return seeds(SWEEP);
    }

    private static Stream<Long> seeds(int count) {
        Long given = Long.getLong("kill.seed");
        long first = Long.getLong("wisent.seed", 1);
        return given != null ? Stream.of(given) : IntStream.range(0, count).mapToObj(i -> first + i);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("some")
    void runs_killed_at_random_and_the_last_rerun_equal_an_uninterrupted_run(long seed) throws IOException {
        holds(seed);
    }

    @Tag("sweep")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("many")
    void two_hundred_runs_killed_at_random_and_their_reruns_equal_an_uninterrupted_run(long seed) throws IOException {
        holds(seed);
    }

    private void holds(long seed) throws IOException {
        Random random = new Random(seed);
        KillCase kill = CASES.get(random.nextInt(CASES.size()));
        Trial trial = new Trial(folder, kill);
        int kills = 1 + random.nextInt(MOST_KILLS);
        try {
            ChildCommand command = trial.first();
            for (int i = 0; i < kills; i++) {
                assertThat(killed(command, kill, random).exit()).isIn(0, ChildResult.KILLED);
            }
            long kept = trial.kept();
            trial.holdsAfter(trial.next().here().exits(0), kept);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ", " + kills + " kills, " + kill, e);
        }
    }

    private static ChildResult killed(ChildCommand command, KillCase kill, Random random) {
        if (random.nextBoolean()) {
            return command.killedAt(kill.boundary(), 1 + random.nextInt(LATEST_PASSING))
                    .result();
        }
        try (ChildRun run = command.start()) {
            return run.killedAfter(Duration.ofMillis(random.nextInt(LATEST_KILL_MILLIS)));
        }
    }
}
