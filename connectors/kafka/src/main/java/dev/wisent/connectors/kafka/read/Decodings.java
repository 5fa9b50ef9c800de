package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.Contract;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.columnar.ValueForm;
import dev.wisent.connectors.kafka.protobuf.ProtoFiles;
import dev.wisent.connectors.kafka.protobuf.ProtobufFile;
import dev.wisent.connectors.kafka.protobuf.ProtobufOptions;
import dev.wisent.connectors.kafka.registry.SchemaIds;
import dev.wisent.connectors.kafka.registry.Schemas;
import dev.wisent.connectors.typed.Unfit;
import java.util.Optional;
import java.util.function.Consumer;

/// Puts together what decodes messages, by what the options say their bytes are; what is shared by all decoders of a source is
/// here. Any thread, what it makes belongs to one.
final class Decodings implements AutoCloseable {
    private static final Consumer<WriterSchema> NOBODY = schema -> {};

    private final ReadOptions options;
    private final Optional<Schemas<org.apache.avro.Schema>> avro;
    private final Optional<Schemas<ProtoFiles>> protobuf;
    private Optional<WriterSchema> said = Optional.empty();

    Decodings(ReadOptions options) {
        this.options = options;
        DecodeOptions decoding = options.decoding();
        boolean isAvro =
                decoding.encoding() == DecodeOptions.Encoding.AVRO || decoding.keys() == DecodeOptions.KeyEncoding.AVRO;
        boolean isProtobuf = decoding.encoding() == DecodeOptions.Encoding.PROTOBUF
                || decoding.keys() == DecodeOptions.KeyEncoding.PROTOBUF;
        this.avro = decoding.registry().filter(there -> isAvro || !isProtobuf).map(Schemas::avro);
        this.protobuf = decoding.registry().filter(there -> isProtobuf).map(Schemas::protobuf);
    }

    /// Proves that what decoding needs is there.
    void check() {
        avro.ifPresent(Schemas::check);
        protobuf.ifPresent(Schemas::check);
        said();
    }

    /// The schema of all values, where the options say it.
    private synchronized Optional<WriterSchema> said() {
        Optional<ProtobufOptions> file = options.decoding().protobuf();
        if (file.isPresent() && said.isEmpty()) {
            said = Optional.of(new ProtobufWriter(
                    new ProtobufFile(file.get()).message(), "" + file.get().file()));
        }
        return said;
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
    /// @param newcomers told each schema of values before its first message is read
    ValueText values(Consumer<WriterSchema> newcomers) {
        ValueText values = switch (options.decoding().encoding()) {
            case JSON -> new JsonValue();
            case TEXT -> new PlainValue();
            case AVRO, PROTOBUF -> new TypedValue(typed(), newcomers);
        };
        return options.decoding().isUnwrapped() ? new ChangeText(values, keys().orElseGet(JsonKey::new)) : values;
    }

    private TypedMessages typed() {
        return options.decoding().encoding() == DecodeOptions.Encoding.AVRO
                ? new AvroMessages(avro.orElseThrow(), SchemaIds.Part.VALUE)
                : said().<TypedMessages>map(PlainProtobuf::new)
                        .orElseGet(() -> new ProtobufMessages(protobuf.orElseThrow(), SchemaIds.Part.VALUE));
    }

    private Optional<ValueText> keys() {
        return switch (options.decoding().keys()) {
            case JSON -> Optional.empty();
            case AVRO -> Optional.of(new TypedValue(new AvroMessages(avro.orElseThrow(), SchemaIds.Part.KEY), NOBODY));
            case PROTOBUF ->
                Optional.of(new TypedValue(new ProtobufMessages(protobuf.orElseThrow(), SchemaIds.Part.KEY), NOBODY));
        };
    }

    private ColumnValues columns(StreamSchema stream) {
        Contract contract = options.columns().contract();
        ValueForm.ByColumn forms = options.columns().forms();
        if (options.decoding().isUnwrapped()) {
            return new TextColumns(values(schema -> grow(stream, schema)), stream, contract, forms);
        }
        return switch (options.decoding().encoding()) {
            case JSON, TEXT -> new JsonColumns(stream, contract, forms);
            case AVRO, PROTOBUF -> new TypedColumns(typed(), stream, contract);
        };
    }

    private void grow(StreamSchema stream, WriterSchema written) {
        columnsOf(written)
                .ifPresent(
                        columns -> Growth.of(stream, columns, options.columns().contract()));
    }

    /// The columns that messages of a schema have; empty: none, its messages are told as they come.
    Optional<Schema> columnsOf(WriterSchema written) {
        try {
            return options.decoding().isUnwrapped()
                    ? written.columnsOf("after")
                    : written.fields().map(WriterSchema.Fields::columns);
        } catch (Unfit | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The columns of values whose schema the options say.
    Optional<Schema> saidColumns() {
        return said().flatMap(this::columnsOf);
    }

    @Override
    public void close() {
        avro.ifPresent(Schemas::close);
        protobuf.ifPresent(Schemas::close);
    }
}
