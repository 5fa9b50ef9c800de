package dev.wisent.engine.internal.queue.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader.Delivery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldLaneTest {
    private static final Duration NOW = Duration.ZERO;

    @TempDir
    Path folder;

    @Test
    void what_was_handed_out_and_finds_no_room_is_on_disk_and_comes_again() {
        try (HeldLane lane = new HeldLane(4, folder)) {
            HeldLane.Reader first = new HeldLane.Reader(() -> {});
            lane.publish(bytes("abc"));
            assertThat(text(lane.take(first, NOW))).isEqualTo("abc");
            lane.publish(bytes("def"));
            assertThat(text(lane.take(first, NOW))).isEqualTo("def");

            lane.leave(first);

            HeldLane.Reader second = new HeldLane.Reader(() -> {});
            assertThat(text(lane.take(second, NOW))).isEqualTo("abc");
            assertThat(text(lane.take(second, NOW))).isEqualTo("def");
        }
    }

    @Test
    void a_message_that_cannot_be_kept_on_disk_is_not_lost_and_ends_who_publishes() {
        Path missing = folder.resolve("nothing-here");
        assertThat(Files.exists(missing)).isFalse();
        try (HeldLane lane = new HeldLane(4, missing)) {
            HeldLane.Reader reader = new HeldLane.Reader(() -> {});
            lane.publish(bytes("abc"));
            lane.take(reader, NOW);
            lane.publish(bytes("def"));

            assertThatThrownBy(() -> lane.take(reader, NOW))
                    .isInstanceOf(WisentException.class)
                    .hasMessageContaining("can't be kept on disk");
            assertThatThrownBy(() -> lane.publish(bytes("ghi")))
                    .isInstanceOf(WisentException.class)
                    .hasMessageContaining("can't be kept on disk");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Optional<Delivery> delivery) {
        return new String(delivery.orElseThrow().message(), StandardCharsets.UTF_8);
    }
}
