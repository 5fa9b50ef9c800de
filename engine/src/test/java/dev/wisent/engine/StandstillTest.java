package dev.wisent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.engine.internal.task.Share;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final Share share = new Share("fetch-0", 100, new AtomicBoolean());
    private final Standstill standstill = new Standstill(Duration.ofSeconds(30));

    @Test
    void tells_who_holds_what_when_nothing_moved_for_long_and_not_again_at_once() {
        assertThat(share.tryTake(60)).isTrue();
        assertThat(standstill.look(0, 5, List.of(share))).isEmpty();
        assertThat(standstill.look(29 * SECOND, 5, List.of(share))).isEmpty();
        assertThat(standstill.look(30 * SECOND, 5, List.of(share)))
                .contains("no byte moved for 30 s; held: fetch-0 60 of 100 bytes");
        assertThat(standstill.look(31 * SECOND, 5, List.of(share))).isEmpty();
    }

    @Test
    void is_silent_while_something_moves_or_nothing_is_held() {
        assertThat(standstill.look(0, 5, List.of(share))).isEmpty();
        assertThat(standstill.look(100 * SECOND, 5, List.of(share))).isEmpty();
        assertThat(share.tryTake(60)).isTrue();
        assertThat(standstill.look(101 * SECOND, 6, List.of(share))).isEmpty();
        assertThat(standstill.look(120 * SECOND, 7, List.of(share))).isEmpty();
    }
}
