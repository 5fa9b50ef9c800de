package dev.wisent.connectors.queuerabbitmq.read;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// What the readers of a source have to tell at its end. Any thread.
final class Notes {
    private final AtomicLong again = new AtomicLong();

    /// A message came that is known.
    void again() {
        again.incrementAndGet();
    }

    List<String> warnings() {
        long count = again.get();
        return count == 0
                ? List.of()
                : List.of("messages that had been read before came again, and were left out by their ids: " + count);
    }
}
