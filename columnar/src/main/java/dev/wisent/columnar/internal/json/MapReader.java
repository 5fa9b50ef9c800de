package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.ValueForm;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;

/// Objects into maps. A key that can't be of the map's key type makes the whole value a misfit; of
/// keys that come twice the last one wins, as in objects.
final class MapReader extends ValueReader {
    private final MapColumn column;
    private final ValueReader keys;
    private final ValueReader values;
    private final MapEntries entries = new MapEntries();
    private final NestedText text = new NestedText(this);

    MapReader(Slot slot, Drift drift, MapColumn column, ValueForm form) {
        super(slot, drift, column);
        this.column = column;
        this.keys = ValueReader.of(slot, drift, column.keys(), form);
        this.values = ValueReader.of(new Slot.Entry(slot, column.keys().type()), drift, column.values(), form);
    }

    @Override
    void read(JsonCursor in) {
        if (in.peek() != '{') {
            misfit(in, in.at);
            return;
        }
        int start = in.at;
        in.enter();
        boolean fits = true;
        if (in.peek() != '}') {
            do {
                in.peek();
                in.expectKey();
                in.string.read(in);
                in.string.terminate();
                fits &= keys.readText(in.string.bytes, in.string.from, in.string.length);
                in.expect(':');
                if (fits) {
                    values.readNullable(in);
                } else {
                    in.skip();
                }
            } while (in.isMoreInObject());
        }
        in.leave();
        if (fits) {
            column.endRow();
            entries.keepLast(column);
        } else {
            column.cancelRow();
            misfit(in, start);
        }
    }

    @Override
    public boolean readText(byte[] bytes, int from, int length) {
        return text.read(bytes, from, length, '{');
    }
}
