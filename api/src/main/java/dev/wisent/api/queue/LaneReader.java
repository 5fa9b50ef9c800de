package dev.wisent.api.queue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// Reads one lane. One thread at a time calls it, [#wakeUp] and [#close] excepted.
public interface LaneReader extends AutoCloseable {
    /// The next message; empty when none came within `wait`. Fails with a [dev.wisent.api.error.WisentException]; after a
    /// transient one it may be asked again, and messages that were not acknowledged may come again.
    Optional<Delivery> poll(Duration wait);

    /// The message delivered as `tag` need not come again. Messages are acknowledged in any order. What can't be told to the
    /// queue at once may be told later, or never: the message then comes again.
    void acknowledge(long tag);

    /// Ends a waiting [#poll] early.
    void wakeUp();

    /// What was delivered and not acknowledged comes again, to the next reader, in any order.
    @Override
    void close();

    /// A message as it came out.
    ///
    /// @param tag names this delivery to its reader
    /// @param bytes the message, from position to limit; nobody changes it afterwards. Who keeps it keeps the array behind it,
    ///     so that should not be many times as long
    record Delivery(long tag, ByteBuffer bytes) {
        public Delivery {
            if (!bytes.hasArray()) {
                byte[] copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                bytes = ByteBuffer.wrap(copy);
            }
        }

        public Delivery(long tag, byte[] message) {
            this(tag, ByteBuffer.wrap(message));
        }

        /// A copy of the message.
        public byte[] message() {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
    }
}
