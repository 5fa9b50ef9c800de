package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How values of a type come back from DuckDB: the SQL that makes them something a vector gives exactly, and how they are read.
///
/// @param type what they become
/// @param format the SQL, with `%1$s` for the column
record Outward(DataType type, String format, Reader reader) {
    private static final String PLAIN = "%1$s";
    private static final String INFINITE = "there is no place for a date or time that is infinite";

    /// Reads one value that is not null.
    private interface Reader {
        void read(Cells cells, int row, Column to);
    }

    /// Empty when there is no type of ours for such values.
    static Optional<Outward> of(DuckType from) {
        return DuckTypes.back(from).map(type -> of(from, type));
    }

    private static Outward of(DuckType from, DataType type) {
        return switch (type) {
            case DataType.Bool() -> new Outward(type, PLAIN, (v, row, to) -> ((LongColumn) to).append(v.byteAt(row)));
            case DataType.Int(int bits) -> integer(type, bits);
            case DataType.Float(int bits) ->
                bits == 32
                        ? new Outward(
                                type,
                                PLAIN,
                                (v, row, to) -> ((DoubleColumn) to).append(Float.intBitsToFloat(v.intAt(row))))
                        : new Outward(
                                type,
                                PLAIN,
                                (v, row, to) -> ((DoubleColumn) to).append(Double.longBitsToDouble(v.longAt(row))));
            case DataType.Decimal d ->
                new Outward(
                        type,
                        from.name().equals("DECIMAL") ? PLAIN : "CAST(%1$s AS " + DuckTypes.name(d) + ")",
                        decimal(d.precision()));
            case DataType.Date() -> new Outward(type, PLAIN, Outward::date);
            case DataType.Time() -> new Outward(type, "epoch_us(%1$s)", Outward::time);
            case DataType.TimestampNtz() -> new Outward(type, "CAST(%1$s AS TIMESTAMP)", Outward::instant);
            case DataType.Timestamp() -> new Outward(type, PLAIN, Outward::instant);
            case DataType.Text() ->
                new Outward(type, "CAST(%1$s AS VARCHAR)", (v, row, to) -> v.append(row, (BytesColumn) to));
            case DataType.Json() ->
                text(type, "CAST(%1$s AS VARCHAR)", (value, to) -> to.append(JsonText.valid(value)));
            case DataType.Uuid() -> text(type, "CAST(%1$s AS VARCHAR)", (value, to) -> to.append(Leaves.uuid(value)));
            case DataType.Binary() ->
                text(type, "hex(%1$s)", (value, to) -> to.append(HexFormat.of().parseHex(value)));
            case DataType.Struct s -> nested(type);
            case DataType.ListOf l -> nested(type);
            case DataType.MapOf m -> nested(type);
        };
    }

    private static Outward integer(DataType type, int bits) {
        String sql = "CAST(%1$s AS " + DuckTypes.name(type) + ")";
        return switch (bits) {
            case 8 -> new Outward(type, sql, (v, row, to) -> ((LongColumn) to).append(v.byteAt(row)));
            case 16 -> new Outward(type, sql, (v, row, to) -> ((LongColumn) to).append(v.shortAt(row)));
            case 32 -> new Outward(type, sql, (v, row, to) -> ((LongColumn) to).append(v.intAt(row)));
            default -> longs(type, sql);
        };
    }

    private static Outward longs(DataType type, String format) {
        return new Outward(type, format, (v, row, to) -> ((LongColumn) to).append(v.longAt(row)));
    }

    /// In as few bytes as the precision needs.
    private static Reader decimal(int precision) {
        if (precision <= DuckTypes.SHORT_DIGITS) {
            return (v, row, to) -> ((LongColumn) to).append(v.shortAt(row));
        }
        if (precision <= DuckTypes.INT_DIGITS) {
            return (v, row, to) -> ((LongColumn) to).append(v.intAt(row));
        }
        return precision <= DuckTypes.LONG_DIGITS
                ? (v, row, to) -> ((LongColumn) to).append(v.longAt(row))
                : (v, row, to) -> Leaves.append(v.hugeAt(row), to);
    }

    /// DuckDB's infinite dates and times are the largest and the least but one; they have no place in ours.
    private static void date(Cells cells, int row, Column to) {
        int days = cells.intAt(row);
        if (Math.abs((long) days) >= Integer.MAX_VALUE) {
            throw new Unfit(INFINITE);
        }
        ((LongColumn) to).append(days);
    }

    private static void instant(Cells cells, int row, Column to) {
        long micros = cells.longAt(row);
        if (micros == Long.MAX_VALUE || micros <= -Long.MAX_VALUE) {
            throw new Unfit(INFINITE);
        }
        ((LongColumn) to).append(micros);
    }

    private static void time(Cells cells, int row, Column to) {
        long micros = cells.longAt(row);
        if (micros >= TimeUnit.DAYS.toMicros(1)) {
            throw new Unfit("there is no place for the time 24:00:00");
        }
        ((LongColumn) to).append(micros);
    }

    /// A text into a column of bytes.
    private interface Texts {
        void read(String value, BytesColumn to);
    }

    private static Outward text(DataType type, String format, Texts texts) {
        return new Outward(type, format, (v, row, to) -> texts.read(v.text(row), (BytesColumn) to));
    }

    private static Outward nested(DataType type) {
        String texts = DuckTypes.texts(type).replace("%", "%%");
        return new Outward(
                type,
                "CAST(to_json(CAST(%1$s AS " + texts + ")) AS VARCHAR)",
                (v, row, to) -> Nested.append(v.text(row), to));
    }

    /// The SQL for the column `name`.
    String sql(String name) {
        return format.formatted(name);
    }

    void read(Cells cells, int rows, Column to) {
        boolean complete = cells.isComplete();
        for (int row = 0; row < rows; row++) {
            if (complete || !cells.isNull(row)) {
                reader.read(cells, row, to);
            } else {
                to.appendNull();
            }
        }
    }
}
