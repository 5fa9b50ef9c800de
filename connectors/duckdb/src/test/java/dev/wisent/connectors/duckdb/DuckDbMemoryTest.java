package dev.wisent.connectors.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DuckDbMemoryTest {
    private static boolean isTriedAgain(DuckDbMemory memory, String why) {
        return memory.failure(new SQLException(why), "reading t", "shop.db")
                .orElseThrow()
                .isTransient();
    }

    /// The second reader ran under the limit that the first one's failure lifted.
    @Test
    void each_of_two_readers_that_met_the_limit_is_tried_again_and_none_that_had_all_there_is() {
        DuckDbMemory memory = new DuckDbMemory(DuckDbMemory.Use.READ, Optional.empty(), 256);
        String limited = "Out of Memory Error: could not allocate block of size 256.0 KiB (255.9 MiB/256.0 MiB used)";

        assertThat(isTriedAgain(memory, limited)).isTrue();
        assertThat(isTriedAgain(memory, limited)).isTrue();
        assertThat(isTriedAgain(memory, limited.replace("256.0 MiB used", "12.4 GiB used")))
                .isFalse();
    }

    @Test
    void a_limit_that_is_firm_is_not_lifted() {
        DuckDbMemory memory = new DuckDbMemory(DuckDbMemory.Use.READ, Optional.of(256L), 256);

        assertThat(isTriedAgain(memory, "Out of Memory Error: (255.9 MiB/256.0 MiB used)"))
                .isFalse();
        assertThat(memory.failure(new SQLException("Conversion Error: x"), "reading t", "shop.db"))
                .isEmpty();
    }
}
