package dev.wisent.connectors.delta.partition;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StructColumn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// What stands in data files: uuid and time, which tables have no type for, as text that reads back as the same value.
final class StoredTypes {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int DECIMAL = 10;
    private static final int SECONDS_END = 8;
    private static final byte[] TIME = "00:00:00.000000".getBytes(StandardCharsets.US_ASCII);

    private StoredTypes() {}

    static Schema of(Schema schema) {
        return Schema.of(fields(schema.fields()));
    }

    private static List<Field> fields(List<Field> fields) {
        return fields.stream()
                .map(field -> new Field(field.name(), of(field.type()), field.nullability()))
                .toList();
    }

    static DataType of(DataType type) {
        return switch (type) {
            case DataType.Uuid uuid -> DataType.STRING;
            case DataType.Time time -> DataType.STRING;
            case DataType.Struct(List<Field> fields) -> new DataType.Struct(fields(fields));
            case DataType.ListOf(DataType element) -> new DataType.ListOf(of(element));
            case DataType.MapOf(DataType key, DataType value) -> new DataType.MapOf(of(key), of(value));
            default -> type;
        };
    }

    /// The column itself, if it has nothing of these types.
    static Column of(Column from, DataType type) {
        if (from.type().equals(type)) {
            return from;
        }
        Column to = Column.of(type);
        for (int row = 0; row < from.size(); row++) {
            append(from, row, to);
        }
        return to;
    }

    private static void append(Column from, int row, Column to) {
        if (from.isAbsent(row)) {
            to.appendAbsent();
            return;
        }
        if (from.isNull(row)) {
            to.appendNull();
            return;
        }
        switch (to) {
            case LongColumn longs -> longs.appendFrom(from, row);
            case DoubleColumn doubles -> doubles.appendFrom(from, row);
            case BytesColumn bytes -> text(from, row, bytes);
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

    private static void text(Column from, int row, BytesColumn to) {
        switch (from.type()) {
            case DataType.Time time -> to.append(time(((LongColumn) from).get(row)));
            case DataType.Uuid uuid -> {
                ByteBuffer bytes = ByteBuffer.wrap(((BytesColumn) from).copy(row));
                to.append(new UUID(bytes.getLong(), bytes.getLong()).toString());
            }
            default -> to.appendFrom(from, row);
        }
    }

    /// `10:00:00`, with six digits of fraction unless they are zero: as in NDJSON.
    private static byte[] time(long micros) {
        long fraction = micros % MICROS_PER_SECOND;
        byte[] text = fraction == 0 ? Arrays.copyOf(TIME, SECONDS_END) : TIME.clone();
        long seconds = micros / MICROS_PER_SECOND;
        put(text, 1, seconds / 3_600);
        put(text, 4, seconds / 60 % 60);
        put(text, 7, seconds % 60);
        put(text, text.length - 1, fraction);
        return text;
    }

    /// Writes the digits of `number`, the last one at `at`.
    private static void put(byte[] text, int at, long number) {
        for (int i = at; number > 0; i--) {
            text[i] += (byte) (number % DECIMAL);
            number /= DECIMAL;
        }
    }
}
