package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.RecordBatch;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Makes rows of messages, one of each. One thread.
interface MessageRows {
    /// What became of a message.
    sealed interface Outcome {
        /// It is the batch's last row.
        record Appended() implements Outcome {}

        /// It is refused, the batch is as before.
        record Refused(BadRecord.Reason reason, String message) implements Outcome {}

        /// It needs columns the batch has not: hand that over, clear, and append it again.
        record Wider() implements Outcome {}
    }

    Outcome APPENDED = new Outcome.Appended();

    Outcome append(ConsumerRecord<ByteBuffer, ByteBuffer> message);

    /// The rows since the last [#clear], valid until the next call.
    RecordBatch batch();

    void clear();

    /// Values that were left out so far.
    long discarded();
}
