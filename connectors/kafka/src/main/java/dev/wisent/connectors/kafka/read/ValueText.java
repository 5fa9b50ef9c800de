package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.RowOp;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Writes what a message says as one JSON value. One thread.
interface ValueText {
    /// Appends the value to `text`. A refused one may leave something behind there, which does not count.
    ///
    /// @return empty: it is written
    Optional<MessageRows.Outcome> write(ConsumerRecord<ByteBuffer, ByteBuffer> message, JsonText text);

    /// What the value that was written last does to its target.
    default RowOp op() {
        return RowOp.INSERT;
    }

    /// Values that were changed so far, because they are none in JSON.
    default long replaced() {
        return 0;
    }
}
