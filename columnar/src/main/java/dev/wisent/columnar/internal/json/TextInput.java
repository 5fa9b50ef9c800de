package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.internal.Swar;

/// JSON text that stands in a CSV cell, copied so that it ends the way [JsonCursor] needs it.
final class TextInput {
    private byte[] bytes = new byte[Swar.PADDING];

    void open(JsonCursor cursor, byte[] text, int from, int length) {
        if (bytes.length < length + Swar.PADDING) {
            bytes = new byte[Math.max(length + Swar.PADDING, bytes.length * 2)];
        }
        System.arraycopy(text, from, bytes, 0, length);
        bytes[length] = '\n';
        cursor.open(bytes, 0, length);
    }
}
