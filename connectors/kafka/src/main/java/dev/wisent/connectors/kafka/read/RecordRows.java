package dev.wisent.connectors.kafka.read;

import dev.wisent.api.source.RawRecords;
import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Messages as records for the envelope: whole, or their values.
final class RecordRows implements MessageRows {
    static final long MICROS = 1_000;

    private final ReadOptions options;
    private final RecordBatch batch = RecordBatch.of(RawRecords.SCHEMA);
    private final BytesColumn data = (BytesColumn) batch.column(RawRecords.DATA);
    private final LongColumn timestamps = (LongColumn) batch.column(RawRecords.TIMESTAMP);
    private final JsonText text = new JsonText();
    private final ValueText values;
    private final Optional<ValueText> keys;
    private final RowOps ops = new RowOps();

    /// @param keys writes keys that are no JSON; empty: they are JSON, or else text, or else any bytes
    RecordRows(ReadOptions options, ValueText values, Optional<ValueText> keys) {
        this.options = options;
        this.values = values;
        this.keys = keys;
    }

    @Override
    public Outcome append(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        text.clear();
        boolean whole = options.readAs() == ReadOptions.ReadAs.MESSAGE;
        Optional<Outcome> refused = whole ? whole(message) : value(message);
        if (refused.isPresent()) {
            return refused.get();
        }
        data.append(text.bytes(), 0, text.length());
        if (message.timestamp() < 0) {
            timestamps.appendNull();
        } else {
            timestamps.append(message.timestamp() * MICROS);
        }
        batch.endRow();
        ops.add(values.op());
        return APPENDED;
    }

    private Optional<Outcome> whole(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        text.ascii("{\"topic\":\"")
                .ascii(message.topic())
                .ascii("\",\"partition\":")
                .number(message.partition());
        text.ascii(",\"offset\":").number(message.offset()).ascii(",\"timestamp\":");
        if (message.timestamp() < 0) {
            text.ascii("null");
        } else {
            text.number(message.timestamp());
        }
        text.ascii(",\"keys\":");
        Optional<Outcome> refused = key(message);
        if (refused.isPresent()) {
            return refused;
        }
        text.ascii(",\"headers\":");
        Headers.write(message.headers(), text);
        text.ascii(",\"value\":");
        refused = value(message);
        text.ascii("}");
        return refused;
    }

    private Optional<Outcome> key(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        if (message.serializedKeySize() < 0) {
            text.ascii("null");
            return Optional.empty();
        }
        if (keys.isPresent()) {
            return keys.get().write(message, text);
        }
        int from = text.length();
        text.raw(message.key());
        Optional<String> problem = text.problem(from);
        if (problem.isEmpty()) {
            text.onOneLine(from);
            return Optional.empty();
        }
        text.cut(from);
        if (options.skips().has(ReadOptions.Skip.KEY_NOT_JSON)) {
            return Optional.of(new Outcome.Refused(BadRecord.Reason.SYNTAX, "the key is no JSON: " + problem.get()));
        }
        text.textOrBase64(message.key());
        return Optional.empty();
    }

    private Optional<Outcome> value(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        if (message.serializedValueSize() < 0 && !options.decoding().isUnwrapped()) {
            if (options.skips().has(ReadOptions.Skip.EMPTY_VALUE)) {
                return Optional.of(EMPTY);
            }
            text.ascii("null");
            return Optional.empty();
        }
        return values.write(message, text);
    }

    /// What a message without value is, where such are not wanted.
    static final Outcome EMPTY = new Outcome.Refused(
            BadRecord.Reason.MISSING,
            "the message has no value (a tombstone); skip_message_empty_value: false makes it a record");

    @Override
    public RecordBatch batch() {
        return batch.operate(ops.all());
    }

    @Override
    public void clear() {
        batch.clear();
        ops.clear();
    }

    @Override
    public long discarded() {
        return values.replaced();
    }
}
