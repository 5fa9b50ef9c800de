package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;

/// Dates, times, timestamps, uuids and binary: strings of one [StringForm].
final class StringFormReader extends ValueReader {
    private final StringForm form;

    StringFormReader(Slot slot, Drift drift, Column column, StringForm form) {
        super(slot, drift, column);
        this.form = form;
    }

    @Override
    void read(JsonCursor in) {
        int first = in.peek();
        int start = in.at;
        if (first == '"') {
            StringToken string = in.string;
            string.read(in);
            if (form.append(column(), string.bytes, string.from, string.length)) {
                return;
            }
        }
        misfit(in, start);
    }

    @Override
    public boolean readText(byte[] text, int from, int length) {
        return form.append(column(), text, from, length);
    }

    @Override
    String typeText() {
        return form == StringForm.HEX ? super.typeText() + " (encoding hex)" : super.typeText();
    }
}
