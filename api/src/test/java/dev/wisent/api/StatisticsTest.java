package dev.wisent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void numbers_are_summed_and_of_the_longest_the_longest_remains() {
        Statistics sum = Statistics.of("files_processed", 2)
                .plus("longest_transaction_ms", 70)
                .plus(Statistics.of("files_processed", 3).plus("longest_transaction_ms", 40));

        assertThat(sum.counts()).isEqualTo(Map.of("files_processed", 5L, "longest_transaction_ms", 70L));
    }
}
