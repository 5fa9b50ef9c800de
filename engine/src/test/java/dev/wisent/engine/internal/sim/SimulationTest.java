package dev.wisent.engine.internal.sim;

import static org.assertj.core.api.Assertions.fail;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

@Execution(ExecutionMode.CONCURRENT)
class SimulationTest {
    /// For each scenario. `-Dsim.seeds=10000` plays more; `-Dsim.first=…` starts elsewhere.
    private static final long SEEDS = Long.getLong("sim.seeds", 100);

    private static final long SWEEP = 2_000;

    /// Two roles and a broker take about as many times the steps.
    private static final long QUEUED_COST_AS_MANY = 10;

    private static final long FIRST = Long.getLong("sim.first", 0);

    @ParameterizedTest
    @EnumSource
    void whatever_dies_every_record_is_there_exactly_once(Scenario scenario) {
        isThereExactlyOnce(scenario, FIRST, SEEDS);
    }

    @Tag("sweep")
    @ParameterizedTest
    @EnumSource
    void in_many_more_histories_every_record_is_there_exactly_once(Scenario scenario) {
        isThereExactlyOnce(scenario, Long.getLong("wisent.seed", 1), SWEEP);
    }

    private static void isThereExactlyOnce(Scenario scenario, long first, long most) {
        long seeds = Math.max(1, scenario.isQueued() ? most / QUEUED_COST_AS_MANY : most);
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                new World(seed, scenario, Set.of()).play();
            } catch (RuntimeException | StackOverflowError violation) {
                fail(
                        "seed " + seed + " of " + scenario + " (-Dsim.first=" + seed + " -Dsim.seeds=1): " + violation
                                + "\nadd to seeds.csv: " + scenario + "," + seed + ",what it was",
                        violation);
            }
        }
    }

    /// Seeds that once found something: a defect of the engine, or what a rule is good for.
    @ParameterizedTest
    @CsvFileSource(resources = "seeds.csv", numLinesToSkip = 1)
    void what_a_seed_once_found_does_not_come_back(Scenario scenario, long seed, String found) {
        try {
            new World(seed, scenario, Set.of()).play();
        } catch (RuntimeException | StackOverflowError violation) {
            fail("seed " + seed + " of " + scenario + ", which once found: " + found, violation);
        }
    }
}
