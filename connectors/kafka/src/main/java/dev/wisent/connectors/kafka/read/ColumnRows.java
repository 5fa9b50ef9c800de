package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.StreamSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The fields of values as columns, beside columns of what else is known of a message.
final class ColumnRows implements MessageRows {
    private final List<ColumnOptions.Metadata> metadata;
    private final StreamSchema schema;
    private final ColumnValues source;
    private final Optional<ValueText> keys;
    private final Tombstones tombstones;
    private final JsonText text = new JsonText();
    private final List<Column> beside = new ArrayList<>();
    private final RowOps ops = new RowOps();
    private RecordBatch values;

    /// What messages without value are.
    enum Tombstones {
        REFUSED,
        /// Rows by their keys.
        ROWS
    }

    /// @param source takes values of `schema`
    /// @param keys writes keys that are no text; empty: they are text
    ColumnRows(ReadOptions options, StreamSchema schema, ColumnValues source, Optional<ValueText> keys) {
        this.metadata = options.columns().metadata();
        this.schema = schema;
        this.source = source;
        this.keys = keys;
        this.tombstones = options.decoding().isUnwrapped() ? Tombstones.ROWS : Tombstones.REFUSED;
        this.values = RecordBatch.of(schema.current());
        metadata.forEach(each -> beside.add(Column.of(each.field().type())));
    }

    @Override
    public Outcome append(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        if (message.serializedValueSize() < 0 && tombstones == Tombstones.REFUSED) {
            return RecordRows.EMPTY;
        }
        Optional<Outcome> refused = beside(message);
        if (refused.isPresent()) {
            keep();
            return refused.get();
        }
        Outcome outcome = source.append(message, values);
        if (outcome instanceof Outcome.Appended) {
            ops.add(source.op());
            op();
        } else {
            keep();
        }
        return outcome;
    }

    /// Only the value says it.
    private void op() {
        int at = metadata.indexOf(ColumnOptions.Metadata.OP);
        if (at >= 0) {
            ((BytesColumn) beside.get(at))
                    .append(source.op().name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        }
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
                    Optional<Outcome> refused = key(message, (BytesColumn) column);
                    if (refused.isPresent()) {
                        return refused;
                    }
                }
                case HEADERS -> {
                    text.clear();
                    Headers.write(message.headers(), text);
                    ((BytesColumn) column).append(text.bytes(), 0, text.length());
                }
                case OP -> {}
            }
        }
        return Optional.empty();
    }

    private Optional<Outcome> key(ConsumerRecord<ByteBuffer, ByteBuffer> message, BytesColumn column) {
        if (message.serializedKeySize() < 0) {
            column.appendNull();
            return Optional.empty();
        }
        text.clear();
        if (keys.isPresent()) {
            Optional<Outcome> refused = keys.get().write(message, text);
            if (refused.isEmpty()) {
                column.append(text.bytes(), 0, text.length());
            }
            return refused;
        }
        text.escaped(message.key());
        if (text.problem(0).isPresent()) {
            return Optional.of(new Outcome.Refused(BadRecord.Reason.ENCODING, "the key is no text in UTF-8"));
        }
        byte[] key = new byte[message.key().remaining()];
        message.key().duplicate().get(key);
        column.append(key);
        return Optional.empty();
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
            return values.operate(ops.all());
        }
        List<Column> columns = new ArrayList<>(values.columns());
        for (int i = 0; i < beside.size(); i++) {
            int at = values.schema().indexOf(metadata.get(i).field().name()).orElseThrow();
            columns.set(at, beside.get(i));
        }
        return RecordBatch.over(values.schema(), columns, values.rows()).operate(ops.all());
    }

    @Override
    public void clear() {
        values.clear();
        beside.forEach(Column::clear);
        ops.clear();
        if (!values.schema().equals(schema.current())) {
            values = RecordBatch.of(schema.current());
        }
    }

    @Override
    public long discarded() {
        return source.discarded();
    }
}
