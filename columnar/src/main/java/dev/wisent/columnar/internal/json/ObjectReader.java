package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.TypeLattice;
import dev.wisent.columnar.ValueForm;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Slot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Reads the members of an object into the columns of a record or struct. Of keys that come twice the last one wins.
final class ObjectReader {
    private final Drift drift;
    private final Function<String, Slot> slots;
    private final KeyTable keys;
    private final ValueReader[] readers;
    private final Column[] columns;
    private final int[] required;
    private final boolean dropsUnknown;

    ObjectReader(
            List<Field> fields,
            List<Column> columns,
            Function<String, Slot> slots,
            Function<String, ValueForm> forms,
            Drift drift) {
        this.drift = drift;
        this.slots = slots;
        this.keys = new KeyTable(fields);
        this.columns = columns.toArray(Column[]::new);
        this.readers = new ValueReader[fields.size()];
        for (int i = 0; i < readers.length; i++) {
            String name = fields.get(i).name();
            readers[i] = ValueReader.of(slots.apply(name), drift, columns.get(i), forms.apply(name));
        }
        this.required = IntStream.range(0, fields.size())
                .filter(i -> !fields.get(i).isNullable())
                .toArray();
        this.dropsUnknown = drift.onUnknownKey() == Contract.Mode.DISCARD_VALUE;
    }

    /// Reads the object at the cursor as row `row` of the columns; those it has no key for get nothing.
    void read(JsonCursor in, int row) {
        in.enter();
        if (in.peek() != '}') {
            readMembers(in, row);
        }
        in.leave();
        for (int field : required) {
            if (columns[field].size() <= row || columns[field].isNull(row)) {
                drift.refuseMissing(readers[field].slot());
            }
        }
    }

    /// The cursor's place is kept here while nobody else needs it: most keys are the expected ones, and without whitespace.
    private void readMembers(JsonCursor in, int row) {
        byte[] bytes = in.bytes;
        int at = in.at;
        int expected = 0;
        while (true) {
            int key = at + 1;
            int field = -1;
            if (bytes[at] == '"') {
                field = expected < readers.length && keys.is(expected, bytes, key)
                        ? expected
                        : keys.findPlain(bytes, key);
            }
            if (field >= 0) {
                at = key + keys.length(field) + 1;
                if (bytes[at] == ':') {
                    in.at = at + 1;
                } else {
                    in.at = at;
                    in.expect(':');
                }
                expected = field + 1;
                readField(in, field, row);
            } else {
                in.at = at;
                expected = readOther(in, expected, row);
            }
            at = in.at;
            if (bytes[at] == ',') {
                at++;
            } else if (bytes[at] == '}') {
                return;
            } else if (in.isMoreInObject()) {
                at = in.at;
            } else {
                return;
            }
        }
    }

    /// Reads the member at the cursor, whatever its key is; returns which one is expected behind it.
    private int readOther(JsonCursor in, int expected, int row) {
        in.peek();
        in.expectKey();
        in.string.read(in);
        int field = keys.find(in.string.bytes, in.string.from, in.string.length);
        if (field < 0) {
            readUnknown(in);
            return expected;
        }
        in.expect(':');
        readField(in, field, row);
        return field + 1;
    }

    private void readField(JsonCursor in, int field, int row) {
        Column column = columns[field];
        if (column.size() > row) {
            column.truncate(row);
        }
        readers[field].readNullable(in);
    }

    private void readUnknown(JsonCursor in) {
        if (dropsUnknown || in.string.length == 0) {
            in.expect(':');
            in.skip();
            drift.discard();
            return;
        }
        Slot slot = slots.apply(new String(in.string.bytes, in.string.from, in.string.length, StandardCharsets.UTF_8));
        in.expect(':');
        if (drift.onUnknownKey() == Contract.Mode.EVOLVE) {
            NaturalType.of(in).ifPresent(type -> drift.wantColumn(slot, forNew(type)));
        } else {
            in.skip();
            drift.refuseKey(slot);
        }
    }

    /// A new column's numbers with a fraction are float64 where a double gives the digits back: the next ones will have
    /// other digits.
    private static DataType forNew(DataType type) {
        return type instanceof DataType.Decimal(int p, int s) && s > 0 && p <= TypeLattice.DOUBLE_DIGITS
                ? DataType.FLOAT64
                : type;
    }
}
