package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.JsonValueEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.connectors.typed.Unfit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What has a schema as JSON, in the form its types have there: a message's value, or its key.
final class TypedValue implements ValueText {
    private final TypedMessages messages;
    private final Consumer<WriterSchema> newcomers;
    private final Map<WriterSchema, Writer> writers = new HashMap<>();
    private final OutputBuffer json = new OutputBuffer();

    private sealed interface Writer {
        /// @param column holds one value
        record Of(WriterSchema.Reading reading, Column column, JsonValueEncoder encoder) implements Writer {}

        record None(String why) implements Writer {}
    }

    /// @param newcomers told each schema before the first message that was written with it is read
    TypedValue(TypedMessages messages, Consumer<WriterSchema> newcomers) {
        this.messages = messages;
        this.newcomers = newcomers;
    }

    @Override
    public Optional<MessageRows.Outcome> write(ConsumerRecord<ByteBuffer, ByteBuffer> message, JsonText text) {
        return switch (messages.find(message)) {
            case TypedMessages.Found.None(var refused) -> Optional.of(refused);
            case TypedMessages.Found.Written(WriterSchema schema, ByteBuffer content) ->
                switch (writer(schema)) {
                    case Writer.None(String why) ->
                        Optional.of(new MessageRows.Outcome.Refused(BadRecord.Reason.TYPE, why));
                    case Writer.Of writer -> read(schema, content, writer, text);
                };
        };
    }

    private Writer writer(WriterSchema schema) {
        Writer known = writers.get(schema);
        if (known != null) {
            return known;
        }
        newcomers.accept(schema);
        Writer made = made(schema);
        writers.put(schema, made);
        return made;
    }

    private static Writer made(WriterSchema schema) {
        try {
            WriterSchema.Whole whole = schema.whole();
            return new Writer.Of(whole.reading(), Column.of(whole.type()), new JsonValueEncoder(whole.type()));
        } catch (Unfit | IllegalArgumentException e) {
            return new Writer.None(schema + " has " + e.getMessage());
        }
    }

    private Optional<MessageRows.Outcome> read(
            WriterSchema schema, ByteBuffer content, Writer.Of writer, JsonText text) {
        Column column = writer.column();
        column.clear();
        try {
            TypedMessages.read(content, writer.reading(), List.of(column));
        } catch (IOException e) {
            return Optional.of(messages.unreadable(schema, e));
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

    @Override
    public long replaced() {
        return writers.values().stream()
                .mapToLong(writer ->
                        writer instanceof Writer.Of known ? known.reading().unknown() : 0)
                .sum();
    }
}
