package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.RowOp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What an event of Debezium says: JSON with a schema beside its payload, or the payload alone. Debezium, "Change event
/// values".
sealed interface ChangeEvent {
    /// The row as it is now, or as it was before it was deleted.
    ///
    /// @param row where the object with its columns lies; empty: only its key is known
    record Change(RowOp op, Optional<JsonParts.Part> row) implements ChangeEvent {}

    /// No row is left in the table.
    record Truncated() implements ChangeEvent {}

    record NoEvent(String why) implements ChangeEvent {}

    static ChangeEvent of(byte[] json, int from, int length) {
        try {
            Optional<JsonParts> whole = JsonParts.of(json, from, length);
            if (whole.isEmpty()) {
                return new NoEvent("it is no object");
            }
            Optional<JsonParts.Part> payload = payload(whole.get());
            if (payload.isEmpty()) {
                return ofPayload(json, whole.get());
            }
            if (payload.get().isNull()) {
                return new Change(RowOp.DELETE, Optional.empty());
            }
            Optional<JsonParts> inner =
                    JsonParts.of(json, payload.get().from(), payload.get().length());
            return inner.isEmpty() ? new NoEvent("its payload is no object") : ofPayload(json, inner.get());
        } catch (IOException e) {
            return new NoEvent("it is no JSON");
        }
    }

    /// What stands beside a schema; empty: there is none.
    static Optional<JsonParts.Part> payload(JsonParts whole) {
        boolean both = whole.fields().size() == 2 && whole.fields().containsKey("schema");
        return both ? whole.field("payload") : Optional.empty();
    }

    private static ChangeEvent ofPayload(byte[] json, JsonParts event) {
        Optional<JsonParts.Part> op = event.field("op");
        if (op.isEmpty()) {
            return new NoEvent("it has no op");
        }
        String word = new String(json, op.get().from(), op.get().length(), StandardCharsets.UTF_8);
        return switch (word) {
            case "\"c\"", "\"r\"" -> now(event, RowOp.INSERT, word);
            case "\"u\"" -> now(event, RowOp.UPDATE, word);
            case "\"d\"" -> new Change(RowOp.DELETE, event.field("before").filter(JsonParts.Part::isObject));
            case "\"t\"" -> new Truncated();
            case "\"m\"" -> new NoEvent("op \"m\" is a message of its database, and no row");
            default -> new NoEvent("there is no op " + word);
        };
    }

    private static ChangeEvent now(JsonParts event, RowOp op, String word) {
        Optional<JsonParts.Part> after = event.field("after").filter(JsonParts.Part::isObject);
        return after.isPresent() ? new Change(op, after) : new NoEvent("op " + word + " without a row in after");
    }
}
