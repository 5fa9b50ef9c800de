package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.columnar.ValueForm;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Values that are made JSON first: rows of change events.
final class TextColumns implements ColumnValues {
    private final StreamSchema stream;
    private final ValueText values;
    private final JsonColumns columns;
    private final JsonText text = new JsonText();

    TextColumns(ValueText values, StreamSchema stream, Contract contract, ValueForm.ByColumn forms) {
        this.stream = stream;
        this.values = values;
        this.columns = new JsonColumns(stream, contract, forms);
    }

    @Override
    public MessageRows.Outcome append(ConsumerRecord<ByteBuffer, ByteBuffer> message, RecordBatch batch) {
        text.clear();
        Optional<MessageRows.Outcome> refused = values.write(message, text);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!batch.schema().equals(stream.current())) {
            return new MessageRows.Outcome.Wider(); // by a writer that was new: its types say more than values do
        }
        return values.op() == RowOp.TRUNCATE
                ? truncate(batch)
                : columns.append(ByteBuffer.wrap(text.bytes(), 0, text.length()), batch);
    }

    private static MessageRows.Outcome truncate(RecordBatch batch) {
        if (!batch.schema().fields().stream().allMatch(Field::isNullable)) {
            return new MessageRows.Outcome.Refused(
                    BadRecord.Reason.MISSING, "a truncation has no values, and the schema has columns that need one");
        }
        batch.endRow();
        return MessageRows.APPENDED;
    }

    @Override
    public RowOp op() {
        return values.op();
    }

    @Override
    public long discarded() {
        return values.replaced() + columns.discarded();
    }
}
