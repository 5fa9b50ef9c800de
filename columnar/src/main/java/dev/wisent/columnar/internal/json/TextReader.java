package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;

/// Strings; numbers, `true` and `false` as the text they are written in, which loses nothing.
final class TextReader extends ValueReader {
    private final BytesColumn column;

    TextReader(Slot slot, Drift drift, BytesColumn column) {
        super(slot, drift, column);
        this.column = column;
    }

    @Override
    void read(JsonCursor in) {
        int first = in.peek();
        if (first == '"') {
            in.string.append(in, column);
        } else if (first == '{' || first == '[') {
            misfit(in, in.at);
        } else {
            int start = in.at;
            in.skip();
            column.append(in.bytes, start, in.at - start);
        }
    }

    @Override
    public boolean readText(byte[] text, int from, int length) {
        column.append(text, from, length);
        return true;
    }
}
