package dev.wisent.connectors.delta.kernel;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.StructColumn;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;

/// Values that Kernel read, appended to columns of the type they have in the table.
final class KernelRows {
    private KernelRows() {}

    /// Appends rows `[from, to)`.
    static void append(ColumnVector vector, int from, int to, Column column) {
        for (int row = from; row < to; row++) {
            if (vector.isNullAt(row)) {
                column.appendNull();
            } else {
                append(vector, row, column);
            }
        }
    }

    private static void append(ColumnVector vector, int row, Column column) {
        switch (column) {
            case LongColumn longs -> longs.append(ofLong(vector, row, column.type()));
            case DoubleColumn doubles ->
                doubles.append(
                        column.type() instanceof DataType.Float(int bits) && bits == Float.SIZE
                                ? vector.getFloat(row)
                                : vector.getDouble(row));
            case BytesColumn bytes -> append(vector, row, bytes);
            case StructColumn struct -> {
                for (int i = 0; i < struct.children().size(); i++) {
                    append(vector.getChild(i), row, row + 1, struct.children().get(i));
                }
                struct.endRow();
            }
            case ListColumn list -> {
                ArrayValue value = vector.getArray(row);
                append(value.getElements(), 0, value.getSize(), list.elements());
                list.endRow();
            }
            case MapColumn map -> {
                MapValue value = vector.getMap(row);
                append(value.getKeys(), 0, value.getSize(), map.keys());
                append(value.getValues(), 0, value.getSize(), map.values());
                map.endRow();
            }
        }
    }

    private static long ofLong(ColumnVector vector, int row, DataType type) {
        return switch (type) {
            case DataType.Bool t -> vector.getBoolean(row) ? 1 : 0;
            case DataType.Int(int bits) ->
                switch (bits) {
                    case Byte.SIZE -> vector.getByte(row);
                    case Short.SIZE -> vector.getShort(row);
                    case Integer.SIZE -> vector.getInt(row);
                    default -> vector.getLong(row);
                };
            case DataType.Date t -> vector.getInt(row);
            case DataType.Decimal t -> vector.getDecimal(row).unscaledValue().longValueExact();
            default -> vector.getLong(row);
        };
    }

    private static void append(ColumnVector vector, int row, BytesColumn column) {
        switch (column.type()) {
            case DataType.Binary t -> column.append(vector.getBinary(row));
            case DataType.Decimal t ->
                column.append(vector.getDecimal(row).unscaledValue().toByteArray());
            default -> column.append(vector.getString(row));
        }
    }
}
