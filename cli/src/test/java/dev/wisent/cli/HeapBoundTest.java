package dev.wisent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapBoundTest {
    private static final long MB = 1 << 20;

    private final HeapBound bound = new HeapBound();

    @Test
    void a_small_heap_is_left_alone() {
        assertThat(bound.isPassed(HeapBound.FIRST)).isFalse();
        assertThat(bound.isPassed(HeapBound.FIRST + 1)).isTrue();
    }

    @Test
    void the_heap_may_grow_by_a_quarter_of_what_was_alive() {
        bound.collected(400 * MB);

        assertThat(bound.isPassed(500 * MB)).isFalse();
        assertThat(bound.isPassed(501 * MB)).isTrue();
    }

    @Test
    void where_little_was_alive_it_may_grow_by_more_than_a_quarter() {
        bound.collected(100 * MB);

        assertThat(bound.isPassed(100 * MB + HeapBound.LEAST_GROWTH)).isFalse();
        assertThat(bound.isPassed(101 * MB + HeapBound.LEAST_GROWTH)).isTrue();
    }

    @Test
    void what_was_let_go_of_lowers_the_bound_again() {
        bound.collected(400 * MB);
        bound.collected(10 * MB);

        assertThat(bound.isPassed(HeapBound.FIRST + 1)).isTrue();
    }
}
