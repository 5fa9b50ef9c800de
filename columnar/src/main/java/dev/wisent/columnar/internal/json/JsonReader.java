package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.internal.DecodeFailure;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;

/// Any value, as the text it is written in.
final class JsonReader extends ValueReader {
    private final BytesColumn column;
    private final TextInput input = new TextInput();
    private final JsonCursor cursor = new JsonCursor(DecoderOptions.DEFAULT_MAX_DEPTH);

    JsonReader(Slot slot, Drift drift, BytesColumn column) {
        super(slot, drift, column);
        this.column = column;
    }

    @Override
    void read(JsonCursor in) {
        in.peek();
        int start = in.at;
        in.skip();
        column.append(in.bytes, start, in.at - start);
    }

    @Override
    public boolean readText(byte[] text, int from, int length) {
        try {
            input.open(cursor, text, from, length);
            cursor.skip();
            cursor.expectEnd();
        } catch (DecodeFailure e) {
            return false;
        }
        column.append(text, from, length);
        return true;
    }
}
