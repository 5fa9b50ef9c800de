package dev.wisent.connectors.core.files;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StructColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Columns of narrower types as columns of wider ones: the same values, stored alike. What takes more than that, as an
/// integer that becomes a decimal, is not done here.
final class Widening {
    private Widening() {}

    static boolean fits(DataType from, DataType to) {
        if (from.equals(to)) {
            return true;
        }
        return switch (from) {
            case DataType.Int(int bits) when to instanceof DataType.Int(int wider) -> bits <= wider;
            case DataType.Float(int bits) when to instanceof DataType.Float(int wider) -> bits <= wider;
            case DataType.ListOf(DataType element)
            when to instanceof DataType.ListOf(DataType wider) -> fits(element, wider);
            case DataType.MapOf(DataType key, DataType value)
            when to instanceof DataType.MapOf(DataType widerKey, DataType wider) ->
                fits(key, widerKey) && fits(value, wider);
            case DataType.Struct(List<Field> fields)
            when to instanceof DataType.Struct(List<Field> wider) -> fits(fields, wider);
            default -> false;
        };
    }

    private static boolean fits(List<Field> from, List<Field> to) {
        if (from.size() != to.size()) {
            return false;
        }
        for (int i = 0; i < from.size(); i++) {
            Field before = from.get(i);
            Field after = to.get(i);
            boolean alike = before.name().equals(after.name()) && (after.isNullable() || !before.isNullable());
            if (!alike || !fits(before.type(), after.type())) {
                return false;
            }
        }
        return true;
    }

    /// The column itself, if it has the type already.
    static Column widened(Column from, DataType type) {
        if (from.type().equals(type)) {
            return from;
        }
        Column to = Column.of(type);
        for (int row = 0; row < from.size(); row++) {
            append(from, row, to);
        }
        return to;
    }

    /// The batch with those columns widened that can be, so that a number keeps its value when it is written as text.
    static RecordBatch towards(RecordBatch batch, Schema schema) {
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < batch.schema().size(); i++) {
            Field field = batch.schema().field(i);
            OptionalInt target = schema.indexOf(field.name());
            DataType wanted =
                    target.isPresent() ? schema.field(target.getAsInt()).type() : field.type();
            DataType type = fits(field.type(), wanted) ? wanted : field.type();
            fields.add(new Field(field.name(), type, field.nullability()));
            columns.add(widened(batch.column(i), type));
        }
        return RecordBatch.over(Schema.of(fields), columns, batch.rows()).number(batch.numbering());
    }

    private static void append(Column from, int row, Column to) {
        if (from.isAbsent(row)) {
            to.appendAbsent();
        } else if (from.isNull(row)) {
            to.appendNull();
        } else {
            appendValue(from, row, to);
        }
    }

    private static void appendValue(Column from, int row, Column to) {
        switch (to) {
            case LongColumn longs -> longs.append(((LongColumn) from).get(row));
            case DoubleColumn doubles -> doubles.append(((DoubleColumn) from).get(row));
            case BytesColumn bytes -> bytes.appendFrom(from, row);
            case StructColumn struct -> {
                for (int i = 0; i < struct.children().size(); i++) {
                    append(
                            ((StructColumn) from).children().get(i),
                            row,
                            struct.children().get(i));
                }
                struct.endRow();
            }
            case ListColumn list -> {
                ListColumn source = (ListColumn) from;
                for (int i = 0; i < source.length(row); i++) {
                    append(source.elements(), source.start(row) + i, list.elements());
                }
                list.endRow();
            }
            case MapColumn map -> {
                MapColumn source = (MapColumn) from;
                for (int i = 0; i < source.length(row); i++) {
                    append(source.keys(), source.start(row) + i, map.keys());
                    append(source.values(), source.start(row) + i, map.values());
                }
                map.endRow();
            }
        }
    }
}
