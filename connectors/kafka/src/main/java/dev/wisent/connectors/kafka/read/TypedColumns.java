package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.columnar.ValueForm;
import dev.wisent.connectors.typed.Unfit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Records of a schema as columns. Where all fields of a writer have the types of the stream's columns they are read straight
/// into them; any others are written as JSON and read as that, so that each value that does not fit meets the same rules.
final class TypedColumns implements ColumnValues {
    private final StreamSchema stream;
    private final Contract contract;
    private final TypedMessages messages;
    private final JsonColumns asJson;
    private final Map<WriterSchema, Writer> writers = new HashMap<>();
    private long dropped;

    /// What messages of one schema are read with.
    private sealed interface Writer {
        record None(String why) implements Writer {}

        /// Reads messages.
        final class Of implements Writer {
            private final WriterSchema schema;
            private final WriterSchema.Fields fields;
            /// One row of what the writer wrote.
            private final RecordBatch row;
            private final NdjsonEncoder encoder;
            private final OutputBuffer json = new OutputBuffer();
            private Optional<Bound> bound = Optional.empty();

            Of(WriterSchema schema, WriterSchema.Fields fields) {
                this.schema = schema;
                this.fields = fields;
                this.row = RecordBatch.of(fields.columns());
                this.encoder = new NdjsonEncoder(fields.columns());
            }
        }
    }

    /// How a writer's fields meet the columns of one batch.
    ///
    /// @param direct where they are read to; empty: by way of JSON
    /// @param left columns of the writer nobody asked for
    private record Bound(RecordBatch batch, Optional<List<Column>> direct, List<Column> left) {}

    TypedColumns(TypedMessages messages, StreamSchema stream, Contract contract) {
        this.stream = stream;
        this.contract = contract;
        this.messages = messages;
        this.asJson = new JsonColumns(stream, contract, ValueForm.ByColumn.STANDARD);
    }

    @Override
    public MessageRows.Outcome append(ConsumerRecord<ByteBuffer, ByteBuffer> message, RecordBatch batch) {
        return switch (messages.find(message)) {
            case TypedMessages.Found.None(var refused) -> refused;
            case TypedMessages.Found.Written(WriterSchema schema, ByteBuffer content) -> {
                Writer known = writers.get(schema);
                if (known == null) {
                    known = writer(schema);
                    writers.put(schema, known);
                }
                if (!batch.schema().equals(stream.current())) {
                    yield new MessageRows.Outcome.Wider();
                }
                yield switch (known) {
                    case Writer.None(String why) -> new MessageRows.Outcome.Refused(BadRecord.Reason.TYPE, why);
                    case Writer.Of writer -> append(content, writer, batch);
                };
            }
        };
    }

    private Writer writer(WriterSchema schema) {
        try {
            Optional<WriterSchema.Fields> fields = schema.fields();
            if (fields.isEmpty()) {
                return new Writer.None(schema + " is of type " + schema.kind() + ", and no record with fields");
            }
            Growth.of(stream, fields.get().columns(), contract);
            return new Writer.Of(schema, fields.get());
        } catch (Unfit | IllegalArgumentException e) {
            return new Writer.None(schema + " has " + e.getMessage());
        }
    }

    private MessageRows.Outcome append(ByteBuffer content, Writer.Of writer, RecordBatch batch) {
        Bound bound = writer.bound
                .filter(before -> before.batch() == batch)
                .orElseGet(() -> bound(writer.fields.columns(), batch));
        writer.bound = Optional.of(bound);
        try {
            if (bound.direct().isPresent()) {
                TypedMessages.read(
                        content, writer.fields.reading(), bound.direct().get());
                batch.endRow();
                bound.left().forEach(Column::clear);
                dropped += bound.left().size();
                return MessageRows.APPENDED;
            }
            writer.row.clear();
            TypedMessages.read(content, writer.fields.reading(), writer.row.columns());
            writer.row.endRow();
        } catch (IOException e) {
            batch.cancelRow();
            bound.left().forEach(Column::clear);
            return messages.unreadable(writer.schema, e);
        }
        writer.json.clear();
        writer.encoder.encode(writer.row, 0, 1, writer.json);
        int lineEnd = 1;
        return asJson.append(ByteBuffer.wrap(writer.json.array(), 0, writer.json.length() - lineEnd), batch);
    }

    private Bound bound(Schema written, RecordBatch batch) {
        List<Column> columns = new ArrayList<>();
        List<Column> left = new ArrayList<>();
        boolean direct = batch.schema().fields().stream().allMatch(Field::isNullable);
        for (Field field : written.fields()) {
            OptionalInt at = batch.schema().indexOf(field.name());
            if (at.isEmpty()) {
                direct &= contract.columns() == Contract.Mode.DISCARD_VALUE;
                Column nowhere = Column.of(field.type());
                columns.add(nowhere);
                left.add(nowhere);
            } else {
                direct &= batch.schema().field(at.getAsInt()).type().equals(field.type());
                columns.add(batch.column(at.getAsInt()));
            }
        }
        return new Bound(batch, direct ? Optional.of(columns) : Optional.empty(), left);
    }

    @Override
    public long discarded() {
        return dropped + unknown() + asJson.discarded();
    }

    private long unknown() {
        return writers.values().stream()
                .mapToLong(writer -> writer instanceof Writer.Of known
                        ? known.fields.reading().unknown()
                        : 0)
                .sum();
    }
}
