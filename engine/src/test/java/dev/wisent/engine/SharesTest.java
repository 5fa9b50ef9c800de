package dev.wisent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharesTest {
    private static final long MB = 1 << 20;

    @Test
    void the_budget_is_halved_and_its_first_half_divided_among_the_workers() {
        assertThat(Shares.of(20 * MB, 0, 2)).isEqualTo(new Shares(5 * MB, 10 * MB));
    }

    @Test
    void what_libraries_take_outside_the_heap_is_taken_off() {
        assertThat(Shares.of(276 * MB, 256 * MB, 2)).isEqualTo(new Shares(5 * MB, 10 * MB));
    }

    @Test
    void a_large_budget_is_not_used_up() {
        assertThat(Shares.of(10_000 * MB, 256 * MB, 2)).isEqualTo(new Shares(8 * MB, 16 * MB));
    }

    @Test
    void rows_move_when_nothing_is_left() {
        assertThat(Shares.of(100 * MB, 256 * MB, 2)).isEqualTo(new Shares(4 * MB, 4 * MB));
    }
}
