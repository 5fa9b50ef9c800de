package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.KillCase;
import dev.wisent.testkit.KillCase.Layout;
import dev.wisent.testkit.KillCase.Mode;
import dev.wisent.testkit.KillCase.Origin;
import dev.wisent.testkit.KillPlan;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every boundary killed once with every value of every other factor; all combinations are the sweep's.
@Execution(ExecutionMode.CONCURRENT)
class KillTest {
    private static final long SEED = 1;

    @TempDir
    Path folder;

    /// How the process dies.
    enum Death {
        /// By itself, at the very instruction.
        HALT,
        /// By SIGKILL from outside, while the thread that came there is held and the others work on.
        SIGKILL
    }

    static List<KillCase> pairs() {
        return KillPlan.pairwise(SEED);
    }

    static Stream<Arguments> pairsAndDeaths() {
        List<KillCase> pairs = pairs();
        return IntStream.range(0, pairs.size())
                .mapToObj(i -> Arguments.of(pairs.get(i), Death.values()[i % Death.values().length]));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pairsAndDeaths")
    void a_killed_run_and_its_rerun_equal_an_uninterrupted_run(KillCase kill, Death death) throws IOException {
        Trial trial = new Trial(folder, kill);

        die(trial.first(), kill, death).exits(ChildResult.KILLED);
        long kept = trial.kept();
        ChildResult rerun = trial.next().here().exits(0);

        trial.holdsAfter(rerun, kept);
    }

    private ChildResult die(ChildCommand command, KillCase kill, Death death) {
        if (death == Death.HALT) {
            return command.killedAt(kill.boundary(), passing(kill)).result();
        }
        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = command.heldAt(kill.boundary(), passing(kill), gate).start()) {
            gate.awaitReached();
            run.send(Signal.KILL);
            return run.await();
        }
    }

    /// The passing in the middle of things: of pages the 120th of 200, of commits one with rows, if there are two the second.
    private static int passing(KillCase kill) {
        boolean generated = kill.origin() == Origin.GENERATOR;
        boolean hidden = kill.mode() == Mode.FULL_REFRESH || (kill.mode() == Mode.INCREMENTAL && generated);
        int begin = hidden ? 1 : 0;
        int commit = generated ? 2 : 1;
        return switch (kill.boundary()) {
            case BEFORE_CLAIM,
                    AFTER_CLAIM,
                    RESET_BEGUN,
                    AFTER_BEGIN,
                    BEFORE_PUBLISH,
                    PUBLISHED,
                    RESET_ENDED,
                    BASE_WRITTEN,
                    BASE_NAMED,
                    MANIFEST_REMOVED,
                    PART_PUBLISHED,
                    PART_TAKEN -> 1;
            case FETCHED, DECODED, WRITTEN -> generated ? 120 : 5;
            case FLUSHED, STAGING, STAGED, COMMITTED, ACKNOWLEDGED -> commit;
            case BEFORE_COMMIT -> begin + commit;
            case MANIFEST_WRITTEN, MANIFEST_LINKED, STATE_SAVED -> 1 + begin + commit;
            case IN_ROLL_FORWARD -> kill.layout() == Layout.ONE_FILE && kill.mode() == Mode.FULL_REFRESH ? 1 : commit;
            case ROLLED_FORWARD -> hidden ? 1 : commit;
        };
    }

    @Test
    void every_boundary_is_killed_in_every_mode_that_passes_it() {
        var killed = pairs().stream()
                .collect(Collectors.groupingBy(
                        KillCase::boundary, TreeMap::new, Collectors.mapping(KillCase::mode, Collectors.toSet())));
        List<Boundary> generationsOnly = List.of(Boundary.AFTER_BEGIN, Boundary.BEFORE_PUBLISH, Boundary.PUBLISHED);

        // a reset, a base and the parts of a queue's messages have tests of their own
        Set<Boundary> all = EnumSet.complementOf(EnumSet.of(
                Boundary.RESET_BEGUN,
                Boundary.RESET_ENDED,
                Boundary.BASE_WRITTEN,
                Boundary.BASE_NAMED,
                Boundary.MANIFEST_REMOVED,
                Boundary.PART_PUBLISHED,
                Boundary.PART_TAKEN));
        assertThat(killed.keySet()).isEqualTo(all);
        assertThat(killed)
                .allSatisfy((boundary, modes) -> assertThat(modes)
                        .as("modes in which %s is killed", boundary)
                        .containsExactlyInAnyOrderElementsOf(Arrays.stream(Mode.values())
                                .filter(mode -> mode != Mode.STREAM || !generationsOnly.contains(boundary))
                                .toList()));
    }
}
