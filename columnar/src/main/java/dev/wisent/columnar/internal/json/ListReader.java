package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.ValueForm;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;

/// Arrays into lists.
final class ListReader extends ValueReader {
    private final ListColumn column;
    private final ValueReader element;
    private final NestedText text = new NestedText(this);

    ListReader(Slot slot, Drift drift, ListColumn column, ValueForm form) {
        super(slot, drift, column);
        this.column = column;
        this.element = ValueReader.of(new Slot.Element(slot), drift, column.elements(), form);
    }

    @Override
    void read(JsonCursor in) {
        if (in.peek() != '[') {
            misfit(in, in.at);
            return;
        }
        in.enter();
        if (in.peek() != ']') {
            element.readNullable(in);
            while (in.peek() == ',') {
                in.at++;
                element.readNullable(in);
            }
            if (in.peek() != ']') {
                throw in.syntax("expected ',' or ']' after a value");
            }
        }
        in.leave();
        column.endRow();
    }

    @Override
    public boolean readText(byte[] bytes, int from, int length) {
        return text.read(bytes, from, length, '[');
    }
}
