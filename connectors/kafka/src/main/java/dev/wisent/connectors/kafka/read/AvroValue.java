package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.JsonValueEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.connectors.kafka.registry.AvroSchemas;
import dev.wisent.connectors.kafka.registry.SchemaId;
import dev.wisent.connectors.kafka.registry.SchemaIds;
import dev.wisent.connectors.typed.Unfit;
import dev.wisent.connectors.typed.avro.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Avro as JSON, in the form its types have there: a message's value, or its key.
final class AvroValue implements ValueText {
    private final AvroMessages messages;
    private final Consumer<Schema> newcomers;
    private final Map<SchemaId, Writer> writers = new HashMap<>();
    private final OutputBuffer json = new OutputBuffer();

    private sealed interface Writer {
        /// @param column holds one value
        record Of(Values values, Column column, JsonValueEncoder encoder) implements Writer {}

        record None(String why) implements Writer {}
    }

    /// @param newcomers told each schema before the first message that was written with it is read
    AvroValue(AvroSchemas schemas, SchemaIds.Part part, Consumer<Schema> newcomers) {
        this.messages = new AvroMessages(schemas, part);
        this.newcomers = newcomers;
    }

    @Override
    public Optional<MessageRows.Outcome> write(ConsumerRecord<ByteBuffer, ByteBuffer> message, JsonText text) {
        return switch (messages.find(message)) {
            case AvroMessages.Found.None(var refused) -> Optional.of(refused);
            case AvroMessages.Found.Written(SchemaId id, Schema schema, int skip) ->
                switch (writer(id, schema)) {
                    case Writer.None(String why) ->
                        Optional.of(new MessageRows.Outcome.Refused(BadRecord.Reason.TYPE, why));
                    case Writer.Of writer -> read(message, id, skip, writer, text);
                };
        };
    }

    private Writer writer(SchemaId id, Schema schema) {
        Writer known = writers.get(id);
        if (known != null) {
            return known;
        }
        newcomers.accept(schema);
        Writer made = made(id, schema);
        writers.put(id, made);
        return made;
    }

    private static Writer made(SchemaId id, Schema schema) {
        try {
            Values values = Values.of(schema);
            return new Writer.Of(values, Column.of(values.type()), new JsonValueEncoder(values.type()));
        } catch (Unfit | IllegalArgumentException e) {
            return new Writer.None(id + " has " + e.getMessage());
        }
    }

    private Optional<MessageRows.Outcome> read(
            ConsumerRecord<ByteBuffer, ByteBuffer> message, SchemaId id, int skip, Writer.Of writer, JsonText text) {
        Column column = writer.column();
        column.clear();
        try {
            messages.read(message, skip, in -> writer.values().read(in, column));
        } catch (IOException e) {
            return Optional.of(messages.unreadable(id, e));
        }
        if (column.isNull(0)) {
            text.ascii("null");
            return Optional.empty();
        }
        json.clear();
        writer.encoder().encode(column, 0, json);
        text.raw(ByteBuffer.wrap(json.array(), 0, json.length()));
        return Optional.empty();
    }
}
