package dev.wisent.engine.internal.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EachRuleIsNeededTest {
    /// The rarest violation met so far came within 300 seeds.
    private static final long MOST_SEEDS = 3000;

    @ParameterizedTest
    @CsvSource({
        "NUMBER_FOLLOWS, FILES_INCREMENTAL_FOLDER",
        "IDS_ARE_KEPT, FILES_FULL_FOLDER",
        "ALREADY_IS_BY_ID, LOG_FOLDER",
        "BASE_DECIDES, FILES_INCREMENTAL_FOLDER",
        "REPEAT_ENDS_SESSION, LOG_SESSIONS",
        "SWEEP_BY_CLAIM, PAGES_FULL_FOLDER",
        "ROLL_FORWARD_BEFORE_ANSWER, TRANSACTIONS_FOLDER",
        "PUBLISH_TOUCHES_ITS_OWN, PAGES_FULL_FOLDER",
        "RECOVERY_ROLLS_FORWARD, TRANSACTIONS_FOLDER"
    })
    void a_history_goes_wrong_without_the_rule_and_right_with_it(Rule rule, Scenario scenario) {
        OptionalLong seed = LongStream.range(0, MOST_SEEDS)
                .filter(s -> isViolated(s, scenario, Set.of(rule)))
                .findFirst();
        assertThat(seed)
                .as("a seed of %s that fails without %s", scenario, rule)
                .isPresent();
        assertThatCode(() -> new World(seed.getAsLong(), scenario, Set.of()).play())
                .as("seed %d of %s with every rule", seed.getAsLong(), scenario)
                .doesNotThrowAnyException();
    }

    private static boolean isViolated(long seed, Scenario scenario, Set<Rule> off) {
        try {
            new World(seed, scenario, off).play();
            return false;
        } catch (RuntimeException violation) {
            return true;
        }
    }
}
