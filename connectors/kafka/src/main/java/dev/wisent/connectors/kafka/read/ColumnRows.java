package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.StreamSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The fields of JSON values as columns, straight from where the client received them, beside columns of what else is known
/// of a message.
final class ColumnRows implements MessageRows {
    private final List<ColumnOptions.Metadata> metadata;
    private final StreamSchema schema;
    private final JsonRecordDecoder decoder;
    private final JsonText text = new JsonText();
    private final List<Column> beside = new ArrayList<>();
    private RecordBatch values;
    private long replaced;

    ColumnRows(ReadOptions options, StreamSchema schema) {
        this.metadata = options.columns().metadata();
        this.schema = schema;
        this.decoder = new JsonRecordDecoder(schema, options.columns().contract());
        this.values = RecordBatch.of(schema.current());
        metadata.forEach(each -> beside.add(Column.of(each.field().type())));
    }

    @Override
    public Outcome append(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        if (message.serializedValueSize() < 0) {
            return RecordRows.EMPTY;
        }
        Optional<Outcome> refused = beside(message);
        if (refused.isPresent()) {
            keep();
            return refused.get();
        }
        Outcome outcome = value(message.value());
        if (!(outcome instanceof Outcome.Appended)) {
            keep();
        }
        return outcome;
    }

    private Outcome value(ByteBuffer value) {
        Outcome outcome = decode(value);
        if (!(outcome instanceof Outcome.Refused)) {
            return outcome;
        }
        Optional<LoneSurrogates.Mended> mended = LoneSurrogates.mend(value);
        if (mended.isEmpty()) {
            return outcome;
        }
        Outcome again = decode(mended.get().json());
        if (again instanceof Outcome.Appended) {
            replaced += mended.get().count();
        }
        return again;
    }

    private Outcome decode(ByteBuffer value) {
        byte[] bytes;
        int from = 0;
        if (value.hasArray()) {
            bytes = value.array();
            from = value.arrayOffset() + value.position();
        } else {
            bytes = new byte[value.remaining()];
            value.duplicate().get(bytes);
        }
        return switch (decoder.decode(bytes, from, value.remaining(), values)) {
            case JsonRecordDecoder.Outcome.Decoded decoded -> APPENDED;
            case JsonRecordDecoder.Outcome.Refused(var reason, var message, var column) ->
                new Outcome.Refused(reason, message);
            case JsonRecordDecoder.Outcome.Widened wider -> new Outcome.Wider();
        };
    }

    /// What else is known of the message goes first: it may be refused for it.
    private Optional<Outcome> beside(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        for (int i = 0; i < beside.size(); i++) {
            Column column = beside.get(i);
            switch (metadata.get(i)) {
                case TOPIC -> ((BytesColumn) column).append(message.topic().getBytes(StandardCharsets.UTF_8));
                case PARTITION -> ((LongColumn) column).append(message.partition());
                case OFFSET -> ((LongColumn) column).append(message.offset());
                case TIMESTAMP -> {
                    if (message.timestamp() < 0) {
                        column.appendNull();
                    } else {
                        ((LongColumn) column).append(message.timestamp() * RecordRows.MICROS);
                    }
                }
                case KEY -> {
                    if (!key(message, (BytesColumn) column)) {
                        return Optional.of(
                                new Outcome.Refused(BadRecord.Reason.ENCODING, "the key is no text in UTF-8"));
                    }
                }
                case HEADERS -> {
                    text.clear();
                    Headers.write(message.headers(), text);
                    ((BytesColumn) column).append(text.bytes(), 0, text.length());
                }
            }
        }
        return Optional.empty();
    }

    private boolean key(ConsumerRecord<ByteBuffer, ByteBuffer> message, BytesColumn column) {
        if (message.serializedKeySize() < 0) {
            column.appendNull();
            return true;
        }
        text.clear();
        text.escaped(message.key());
        if (text.problem(0).isPresent()) {
            return false;
        }
        byte[] key = new byte[message.key().remaining()];
        message.key().duplicate().get(key);
        column.append(key);
        return true;
    }

    /// Only whole rows stay.
    private void keep() {
        for (Column column : beside) {
            if (column.size() > values.rows()) {
                column.truncate(values.rows());
            }
        }
    }

    /// What values say under the names of metadata does not count.
    @Override
    public RecordBatch batch() {
        if (beside.isEmpty()) {
            return values;
        }
        List<Column> columns = new ArrayList<>(values.columns());
        for (int i = 0; i < beside.size(); i++) {
            int at = values.schema().indexOf(metadata.get(i).field().name()).orElseThrow();
            columns.set(at, beside.get(i));
        }
        return RecordBatch.over(values.schema(), columns, values.rows());
    }

    @Override
    public void clear() {
        values.clear();
        beside.forEach(Column::clear);
        if (!values.schema().equals(schema.current())) {
            values = RecordBatch.of(schema.current());
        }
    }

    @Override
    public long discarded() {
        return replaced + decoder.discardedValues();
    }
}
