package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.Column;
import dev.wisent.connectors.kafka.registry.SchemaId;
import dev.wisent.connectors.typed.avro.AvroInput;
import dev.wisent.connectors.typed.avro.AvroRecord;
import dev.wisent.connectors.typed.avro.Values;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/// A schema of Avro.
final class AvroWriter implements WriterSchema {
    private final SchemaId id;
    private final Schema schema;

    AvroWriter(SchemaId id, Schema schema) {
        this.id = id;
        this.schema = schema;
    }

    /// Reads one value.
    private interface Content {
        void read(AvroInput in, List<Column> columns) throws IOException;
    }

    private static Reading reading(Content content) {
        AvroInput input = new AvroInput(new byte[0]);
        return (bytes, from, length, columns) -> {
            input.over(bytes, from, length);
            content.read(input, columns);
            if (!input.isEnd()) {
                throw new IOException("it has more bytes than its schema takes");
            }
        };
    }

    @Override
    public Optional<Fields> fields() {
        if (schema.getType() != Schema.Type.RECORD) {
            return Optional.empty();
        }
        AvroRecord record = AvroRecord.of(schema, name -> true);
        return Optional.of(new Fields(record.schema(), reading(record::read)));
    }

    @Override
    public Whole whole() {
        Values values = Values.of(schema);
        return new Whole(values.type(), reading((in, columns) -> values.read(in, columns.getFirst())));
    }

    @Override
    public Optional<dev.wisent.columnar.Schema> columnsOf(String field) {
        return record(schema)
                .flatMap(event -> Optional.ofNullable(event.getField(field)))
                .flatMap(after -> record(after.schema()))
                .map(each -> AvroRecord.of(each, name -> true).schema());
    }

    /// A record, also one that may be null.
    private static Optional<Schema> record(Schema schema) {
        if (schema.getType() == Schema.Type.RECORD) {
            return Optional.of(schema);
        }
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(each -> each.getType() == Schema.Type.RECORD)
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public String kind() {
        return schema.getType().toString();
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
