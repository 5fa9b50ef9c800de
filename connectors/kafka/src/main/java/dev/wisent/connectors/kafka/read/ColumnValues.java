package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Makes the fields of values columns. One thread.
interface ColumnValues {
    /// Appends the value as a row of `batch`, whose schema is the stream's or was it.
    MessageRows.Outcome append(ConsumerRecord<ByteBuffer, ByteBuffer> message, RecordBatch batch);

    /// What the row that was appended last does to its target.
    default RowOp op() {
        return RowOp.INSERT;
    }

    /// Values that were left out so far.
    long discarded();
}
