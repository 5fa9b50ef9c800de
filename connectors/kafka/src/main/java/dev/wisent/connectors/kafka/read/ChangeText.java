package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.RowOp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// `unwrap: debezium`: of a change event the row alone, and what became of it. A message without value is the deletion of its
/// key, for compaction may leave nothing else of one.
final class ChangeText implements ValueText {
    /// Stands where a database did not tell a value that did not change (Debezium, `unavailable.value.placeholder`).
    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    private static final String UNAVAILABLE_BYTES =
            Base64.getEncoder().encodeToString(UNAVAILABLE.getBytes(StandardCharsets.UTF_8));

    private final ValueText values;
    private final ValueText keys;
    private final JsonText event = new JsonText();
    private RowOp op = RowOp.INSERT;

    /// @param keys writes keys
    ChangeText(ValueText values, ValueText keys) {
        this.values = values;
        this.keys = keys;
    }

    @Override
    public Optional<MessageRows.Outcome> write(ConsumerRecord<ByteBuffer, ByteBuffer> message, JsonText text) {
        if (message.serializedValueSize() < 0) {
            return deleted(message, text);
        }
        event.clear();
        Optional<MessageRows.Outcome> refused = values.write(message, event);
        if (refused.isPresent()) {
            return refused;
        }
        return switch (ChangeEvent.of(event.bytes(), 0, event.length())) {
            case ChangeEvent.NoEvent(String why) -> noEvent(why);
            case ChangeEvent.Truncated() -> {
                op = RowOp.TRUNCATE;
                text.ascii("{}");
                yield Optional.empty();
            }
            case ChangeEvent.Change(RowOp change, Optional<JsonParts.Part> row) -> {
                if (row.isEmpty()) {
                    yield deleted(message, text);
                }
                op = change;
                yield row(row.get(), text);
            }
        };
    }

    private static Optional<MessageRows.Outcome> noEvent(String why) {
        return Optional.of(new MessageRows.Outcome.Refused(
                BadRecord.Reason.SYNTAX, "the value is no change event of Debezium: " + why));
    }

    /// Nothing but its key is known.
    private Optional<MessageRows.Outcome> deleted(ConsumerRecord<ByteBuffer, ByteBuffer> message, JsonText text) {
        op = RowOp.DELETE;
        if (message.serializedKeySize() < 0) {
            return noEvent("it deletes a row, and has neither the row nor a key");
        }
        event.clear();
        Optional<MessageRows.Outcome> refused = keys.write(message, event);
        if (refused.isPresent()) {
            return refused;
        }
        try {
            Optional<JsonParts> key = JsonParts.of(event.bytes(), 0, event.length());
            if (key.isEmpty()) {
                return noEvent("it deletes a row by a key that is no object with its columns");
            }
            Optional<JsonParts.Part> payload = ChangeEvent.payload(key.get());
            if (payload.isPresent() && !payload.get().isObject()) {
                return noEvent("it deletes a row by a key whose payload is no object with its columns");
            }
            int from = payload.map(JsonParts.Part::from).orElse(0);
            text.raw(ByteBuffer.wrap(
                    event.bytes(), from, payload.map(JsonParts.Part::length).orElse(event.length())));
            return Optional.empty();
        } catch (IOException e) {
            return noEvent("it deletes a row by a key that is no JSON");
        }
    }

    /// The row, without columns whose values the event does not have: those are absent, and a merge keeps what is there.
    private Optional<MessageRows.Outcome> row(JsonParts.Part row, JsonText text) {
        String plain = new String(event.bytes(), row.from(), row.length(), StandardCharsets.ISO_8859_1);
        if (!plain.contains(UNAVAILABLE) && !plain.contains(UNAVAILABLE_BYTES)) {
            text.raw(ByteBuffer.wrap(event.bytes(), row.from(), row.length()));
            return Optional.empty();
        }
        try {
            String between = "{";
            for (Map.Entry<String, JsonParts.Part> field : JsonParts.of(event.bytes(), row.from(), row.length())
                    .orElseThrow()
                    .fields()
                    .entrySet()) {
                JsonParts.Part value = field.getValue();
                if (!isUnavailable(value)) {
                    text.ascii(between).string(field.getKey()).ascii(":");
                    text.raw(ByteBuffer.wrap(event.bytes(), value.from(), value.length()));
                    between = ",";
                }
            }
            text.ascii(between.equals("{") ? "{}" : "}");
            return Optional.empty();
        } catch (IOException e) {
            return noEvent("its row is no JSON");
        }
    }

    private boolean isUnavailable(JsonParts.Part value) {
        String text = new String(event.bytes(), value.from(), value.length(), StandardCharsets.ISO_8859_1);
        return text.equals('"' + UNAVAILABLE + '"')
                || text.equals('"' + UNAVAILABLE_BYTES + '"')
                || text.equals("[\"" + UNAVAILABLE + "\"]");
    }

    @Override
    public RowOp op() {
        return op;
    }

    @Override
    public long replaced() {
        return values.replaced();
    }
}
