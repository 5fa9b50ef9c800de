package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.Contract;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.connectors.kafka.registry.AvroSchemas;
import dev.wisent.connectors.kafka.registry.SchemaIds;
import dev.wisent.connectors.typed.Unfit;
import dev.wisent.connectors.typed.avro.AvroRecord;
import java.util.Optional;
import java.util.function.Consumer;

/// Puts together what decodes messages, by what the options say their bytes are; what is shared by all decoders of a source is
/// here. Any thread, what it makes belongs to one.
final class Decodings implements AutoCloseable {
    private static final Consumer<org.apache.avro.Schema> NOBODY = schema -> {};

    private final ReadOptions options;
    private final Optional<AvroSchemas> schemas;

    Decodings(ReadOptions options) {
        this.options = options;
        this.schemas = options.decoding().registry().map(AvroSchemas::new);
    }

    /// Proves that what decoding needs is there.
    void check() {
        schemas.ifPresent(AvroSchemas::check);
    }

    /// @param schema of the stream, which only columns have
    MessageRows rows(Optional<StreamSchema> schema) {
        return switch (options.readAs()) {
            case MESSAGE, VALUE -> new RecordRows(options, values(NOBODY), keys());
            case COLUMNS -> {
                StreamSchema stream = schema.orElseGet(
                        () -> new StreamSchema(options.columns().with(Schema.of())));
                yield new ColumnRows(options, stream, columns(stream), keys());
            }
        };
    }

    /// What writes values, or the rows of change events.
    ///
    /// @param newcomers told each schema of Avro before its first message is read
    ValueText values(Consumer<org.apache.avro.Schema> newcomers) {
        ValueText values = switch (options.decoding().encoding()) {
            case JSON -> new JsonValue();
            case TEXT -> new PlainValue();
            case AVRO -> new AvroValue(schemas.orElseThrow(), SchemaIds.Part.VALUE, newcomers);
        };
        return options.decoding().isUnwrapped() ? new ChangeText(values, keys().orElseGet(JsonKey::new)) : values;
    }

    private Optional<ValueText> keys() {
        return options.decoding().keys() == DecodeOptions.KeyEncoding.AVRO
                ? Optional.of(new AvroValue(schemas.orElseThrow(), SchemaIds.Part.KEY, NOBODY))
                : Optional.empty();
    }

    private ColumnValues columns(StreamSchema stream) {
        Contract contract = options.columns().contract();
        if (options.decoding().isUnwrapped()) {
            return new TextColumns(values(schema -> grow(stream, schema)), stream, contract);
        }
        return switch (options.decoding().encoding()) {
            case JSON, TEXT -> new JsonColumns(stream, contract);
            case AVRO -> new AvroColumns(schemas.orElseThrow(), stream, contract);
        };
    }

    private void grow(StreamSchema stream, org.apache.avro.Schema written) {
        columnsOf(written)
                .ifPresent(
                        columns -> Growth.of(stream, columns, options.columns().contract()));
    }

    /// The columns that messages of a schema have; empty: none, its messages are told as they come.
    Optional<Schema> columnsOf(org.apache.avro.Schema written) {
        Optional<org.apache.avro.Schema> record = options.decoding().isUnwrapped()
                ? record(written)
                        .flatMap(event -> Optional.ofNullable(event.getField("after")))
                        .flatMap(after -> record(after.schema()))
                : record(written);
        try {
            return record.map(each -> AvroRecord.of(each, name -> true).schema());
        } catch (Unfit | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// A record, also one that may be null.
    private static Optional<org.apache.avro.Schema> record(org.apache.avro.Schema schema) {
        if (schema.getType() == org.apache.avro.Schema.Type.RECORD) {
            return Optional.of(schema);
        }
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(each -> each.getType() == org.apache.avro.Schema.Type.RECORD)
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public void close() {
        schemas.ifPresent(AvroSchemas::close);
    }
}
