package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.internal.DecodeFailure;

/// A nested value that stands as JSON text in a CSV cell or a map key.
final class NestedText {
    private final ValueReader reader;
    private final TextInput input = new TextInput();
    private final JsonCursor cursor = new JsonCursor(DecoderOptions.DEFAULT_MAX_DEPTH);

    NestedText(ValueReader reader) {
        this.reader = reader;
    }

    /// Reads the text if it is one JSON value that opens with `bracket`.
    boolean read(byte[] text, int from, int length, char bracket) {
        int rows = reader.column().size();
        try {
            input.open(cursor, text, from, length);
            if (cursor.peek() != bracket) {
                return false;
            }
            reader.read(cursor);
            cursor.expectEnd();
            return true;
        } catch (DecodeFailure e) {
            reader.column().truncate(rows);
            return false;
        }
    }
}
