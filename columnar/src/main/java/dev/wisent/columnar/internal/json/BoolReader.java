package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;
import dev.wisent.columnar.internal.TextKind;

/// `true` and `false`; in a CSV cell in any case.
final class BoolReader extends ValueReader {
    private final LongColumn column;

    BoolReader(Slot slot, Drift drift, LongColumn column) {
        super(slot, drift, column);
        this.column = column;
    }

    @Override
    void read(JsonCursor in) {
        int first = in.peek();
        if (first == 't' || first == 'f') {
            column.append(in.readBool() ? 1 : 0);
        } else {
            misfit(in, in.at);
        }
    }

    @Override
    public boolean readText(byte[] text, int from, int length) {
        boolean yes = TextKind.isTrue(text, from, length);
        if (!yes && !TextKind.isFalse(text, from, length)) {
            return false;
        }
        column.append(yes ? 1 : 0);
        return true;
    }
}
