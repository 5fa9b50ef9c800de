package dev.wisent.engine.internal.sim;

import dev.wisent.api.SyncMode;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// One long history beside the many short ones of [SimulationTest].
@Execution(ExecutionMode.CONCURRENT)
class LargeSimulationTest {
    private static final long FIRST = Long.getLong("sim.first", 0);

    private static final int FILES = 100_000;
    private static final int EVERYDAY = 8_000;

    @Test
    void eight_thousand_files_late_and_rewritten_ones_among_them_are_there_exactly_once() {
        play(EVERYDAY);
    }

    @Test
    @Tag("sweep")
    void a_hundred_thousand_files_late_and_rewritten_ones_among_them_are_there_exactly_once() {
        play(FILES);
    }

    private static void play(int files) {
        new World(
                        FIRST,
                        Scenario.FILES_INCREMENTAL_SESSIONS,
                        Set.of(),
                        random -> new SimFiles(random, SyncMode.INCREMENTAL, files, 4 * files),
                        Scale.LARGE)
                .play();
    }
}
