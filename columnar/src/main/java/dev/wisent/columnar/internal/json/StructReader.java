package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.StructColumn;
import dev.wisent.columnar.ValueForm;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;

/// Objects into structs.
final class StructReader extends ValueReader {
    private final StructColumn column;
    private final ObjectReader fields;
    private final NestedText text = new NestedText(this);

    StructReader(Slot slot, Drift drift, StructColumn column, ValueForm form) {
        super(slot, drift, column);
        this.column = column;
        DataType.Struct type = (DataType.Struct) column.type();
        this.fields = new ObjectReader(
                type.fields(), column.children(), name -> new Slot.Member(slot, name), name -> form, drift);
    }

    @Override
    void read(JsonCursor in) {
        if (in.peek() != '{') {
            misfit(in, in.at);
            return;
        }
        fields.read(in, column.size());
        column.endRow();
    }

    @Override
    public boolean readText(byte[] bytes, int from, int length) {
        return text.read(bytes, from, length, '{');
    }
}
