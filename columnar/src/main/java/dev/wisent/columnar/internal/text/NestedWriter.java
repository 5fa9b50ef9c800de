package dev.wisent.columnar.internal.text;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.StructColumn;
import java.util.List;

/// Structs, lists and maps as JSON.
public sealed interface NestedWriter extends ValueWriter {
    byte[] NULL = {'n', 'u', 'l', 'l'};

    /// An object of fields: absent ones are left out, null ones are null.
    final class OfStruct implements NestedWriter {
        private final byte[][] keys;
        private final ValueWriter[] values;

        OfStruct(DataType.Struct type) {
            this(type.fields());
        }

        public OfStruct(List<Field> fields) {
            keys = fields.stream().map(f -> ValueWriter.key(f.name())).toArray(byte[][]::new);
            values = fields.stream().map(f -> ValueWriter.json(f.type())).toArray(ValueWriter[]::new);
        }

        @Override
        public void write(Column column, int row, OutputBuffer out) {
            writeFields(((StructColumn) column).children(), row, out);
        }

        public void writeFields(List<Column> columns, int row, OutputBuffer out) {
            out.put('{');
            int separator = 0;
            for (int i = 0; i < keys.length; i++) {
                Column column = columns.get(i);
                boolean missing = column.isNull(row);
                if (missing && column.isAbsent(row)) {
                    continue;
                }
                if (separator != 0) {
                    out.put(separator);
                }
                separator = ',';
                out.put(keys[i]);
                if (missing) {
                    out.put(NULL);
                } else {
                    values[i].write(column, row, out);
                }
            }
            out.put('}');
        }
    }

    final class OfList implements NestedWriter {
        private final ValueWriter element;

        OfList(DataType.ListOf type) {
            element = ValueWriter.json(type.element());
        }

        @Override
        public void write(Column column, int row, OutputBuffer out) {
            ListColumn list = (ListColumn) column;
            out.put('[');
            int from = list.start(row);
            for (int i = from; i < from + list.length(row); i++) {
                if (i > from) {
                    out.put(',');
                }
                NestedWriter.writeOrNull(element, list.elements(), i, out);
            }
            out.put(']');
        }
    }

    /// An object; a key that is no string is written as its text.
    final class OfMap implements NestedWriter {
        private final ValueWriter keyText;
        private final ValueWriter value;

        OfMap(DataType.MapOf type) {
            keyText = ValueWriter.plain(type.key());
            value = ValueWriter.json(type.value());
        }

        @Override
        public void write(Column column, int row, OutputBuffer out) {
            MapColumn map = (MapColumn) column;
            OutputBuffer key = new OutputBuffer();
            out.put('{');
            int from = map.start(row);
            for (int i = from; i < from + map.length(row); i++) {
                if (i > from) {
                    out.put(',');
                }
                key.clear();
                keyText.write(map.keys(), i, key);
                StringText.putQuoted(key.array(), 0, key.length(), out);
                out.put(':');
                NestedWriter.writeOrNull(value, map.values(), i, out);
            }
            out.put('}');
        }
    }

    private static void writeOrNull(ValueWriter writer, Column column, int row, OutputBuffer out) {
        if (column.isNull(row)) {
            out.put(NULL);
        } else {
            writer.write(column, row, out);
        }
    }
}
