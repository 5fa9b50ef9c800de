package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.Contract;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.LoneSurrogates;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.columnar.ValueForm;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// JSON straight from where the client received it.
final class JsonColumns implements ColumnValues {
    private final JsonRecordDecoder decoder;
    private long replaced;

    JsonColumns(StreamSchema schema, Contract contract, ValueForm.ByColumn forms) {
        this.decoder = new JsonRecordDecoder(schema, contract, forms);
    }

    @Override
    public MessageRows.Outcome append(ConsumerRecord<ByteBuffer, ByteBuffer> message, RecordBatch batch) {
        return append(message.value(), batch);
    }

    /// Appends the object in `json`.
    MessageRows.Outcome append(ByteBuffer json, RecordBatch batch) {
        MessageRows.Outcome outcome = decode(json, batch);
        if (!(outcome instanceof MessageRows.Outcome.Refused)) {
            return outcome;
        }
        Optional<LoneSurrogates.Mended> mended = LoneSurrogates.mend(json);
        if (mended.isEmpty()) {
            return outcome;
        }
        MessageRows.Outcome again = decode(mended.get().json(), batch);
        if (again instanceof MessageRows.Outcome.Appended) {
            replaced += mended.get().count();
        }
        return again;
    }

    private MessageRows.Outcome decode(ByteBuffer value, RecordBatch batch) {
        byte[] bytes;
        int from = 0;
        if (value.hasArray()) {
            bytes = value.array();
            from = value.arrayOffset() + value.position();
        } else {
            bytes = new byte[value.remaining()];
            value.duplicate().get(bytes);
        }
        return switch (decoder.decode(bytes, from, value.remaining(), batch)) {
            case JsonRecordDecoder.Outcome.Decoded decoded -> MessageRows.APPENDED;
            case JsonRecordDecoder.Outcome.Refused(var reason, var message, var column) ->
                new MessageRows.Outcome.Refused(reason, message);
            case JsonRecordDecoder.Outcome.Widened wider -> new MessageRows.Outcome.Wider();
        };
    }

    @Override
    public long discarded() {
        return replaced + decoder.discardedValues();
    }
}
