package dev.wisent.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PatientWaitsTest {
    /// A pause longer than the patience is refused at once, and the message has the patience in it.
    @Test
    void a_wait_without_a_time_is_one_of_a_minute() {
        assertThatThrownBy(() ->
                        Awaitility.await().pollDelay(Duration.ofSeconds(61)).until(() -> true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Timeout (1 minutes)");
    }
}
