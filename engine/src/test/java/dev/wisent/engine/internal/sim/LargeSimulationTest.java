package dev.wisent.engine.internal.sim;

import dev.wisent.api.SyncMode;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// One long history beside the many short ones of [SimulationTest].
@Execution(ExecutionMode.CONCURRENT)
class LargeSimulationTest {
    private static final long FIRST = Long.getLong("sim.first", 0);

    @Test
    void a_hundred_thousand_files_late_and_rewritten_ones_among_them_are_there_exactly_once() {
        new World(
                        FIRST,
                        Scenario.FILES_INCREMENTAL_SESSIONS,
                        Set.of(),
                        random -> new SimFiles(random, SyncMode.INCREMENTAL, 100_000, 400_000),
                        Scale.LARGE)
                .play();
    }
}
