package dev.wisent.engine.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ShareTest {
    private final AtomicBoolean jumbo = new AtomicBoolean();
    private final Share share = new Share("fetch", 100, jumbo);

    @Test
    void grants_up_to_its_capacity_and_no_further() {
        assertThat(share.tryTake(60)).isTrue();
        assertThat(share.tryTake(40)).isTrue();
        assertThat(share.tryTake(1)).isFalse();
        share.give(40);
        assertThat(share.tryTake(1)).isTrue();
    }

    @Test
    void grants_a_giant_only_when_it_is_empty() {
        assertThat(share.tryTake(1)).isTrue();
        assertThat(share.tryTake(500)).isFalse();
        share.give(1);
        assertThat(share.tryTake(500)).isTrue();
        assertThat(share.highWater()).isEqualTo(500);
    }

    @Test
    void grants_one_giant_at_a_time_among_the_shares_of_a_stage() {
        Share other = new Share("fetch-2", 100, jumbo);
        assertThat(share.tryTake(500)).isTrue();
        assertThat(other.tryTake(500)).isFalse();
        assertThat(other.tryTake(100)).isTrue();
        other.give(100);
        share.give(500);
        assertThat(other.tryTake(500)).isTrue();
    }

    @Test
    void closed_it_holds_nothing_and_leaves_the_permit_to_others() {
        Share other = new Share("fetch-2", 100, jumbo);
        assertThat(share.tryTake(500)).isTrue();
        share.close();
        assertThat(share.used()).isZero();
        assertThat(other.tryTake(500)).isTrue();
        share.give(500);
        assertThat(share.tryTake(1)).isFalse();
    }

    @Test
    void refuses_more_back_than_was_taken() {
        assertThat(share.tryTake(10)).isTrue();
        assertThatThrownBy(() -> share.give(11)).isInstanceOf(IllegalStateException.class);
    }
}
