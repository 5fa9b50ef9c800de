package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBReadableVector;

/// How values of a type come back from DuckDB: the SQL that makes them something a vector gives exactly, and how they are read.
///
/// @param type what they become
/// @param format the SQL, with `%1$s` for the column
record Outward(DataType type, String format, Reader reader) {
    private static final String PLAIN = "%1$s";
    private static final String INFINITE = "there is no place for a date or time that is infinite";

    /// Reads one value that is not null.
    private interface Reader {
        void read(DuckDBReadableVector vector, int row, Column to);
    }

    /// Empty when there is no type of ours for such values.
    static Optional<Outward> of(DuckType from) {
        return DuckTypes.back(from).map(type -> of(from, type));
    }

    private static Outward of(DuckType from, DataType type) {
        return switch (type) {
            case DataType.Bool() ->
                new Outward(type, PLAIN, (v, row, to) -> ((LongColumn) to).append(v.getBoolean(row) ? 1 : 0));
            case DataType.Int(int bits) -> integer(type, bits);
            case DataType.Float(int bits) ->
                bits == 32
                        ? new Outward(type, PLAIN, (v, row, to) -> ((DoubleColumn) to).append(v.getFloat(row)))
                        : new Outward(type, PLAIN, (v, row, to) -> ((DoubleColumn) to).append(v.getDouble(row)));
            case DataType.Decimal d ->
                new Outward(
                        type,
                        from.name().equals("DECIMAL") ? PLAIN : "CAST(%1$s AS " + DuckTypes.name(d) + ")",
                        (v, row, to) -> Leaves.append(v.getBigDecimal(row).unscaledValue(), to));
            case DataType.Date() -> new Outward(type, PLAIN, Outward::date);
            case DataType.Time() -> new Outward(type, "epoch_us(%1$s)", Outward::time);
            case DataType.TimestampNtz() ->
                new Outward(
                        type,
                        "CAST(%1$s AS TIMESTAMP)",
                        (v, row, to) -> instant(v.getLocalDateTime(row).toInstant(ZoneOffset.UTC), to));
            case DataType.Timestamp() ->
                new Outward(
                        type,
                        PLAIN,
                        (v, row, to) -> instant(v.getOffsetDateTime(row).toInstant(), to));
            case DataType.Text() -> text(type, "CAST(%1$s AS VARCHAR)", (value, to) -> to.append(value));
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
            case 8 -> new Outward(type, sql, (v, row, to) -> ((LongColumn) to).append(v.getByte(row)));
            case 16 -> new Outward(type, sql, (v, row, to) -> ((LongColumn) to).append(v.getShort(row)));
            case 32 -> new Outward(type, sql, (v, row, to) -> ((LongColumn) to).append(v.getInt(row)));
            default -> longs(type, sql);
        };
    }

    private static Outward longs(DataType type, String format) {
        return new Outward(type, format, (v, row, to) -> ((LongColumn) to).append(v.getLong(row)));
    }

    /// DuckDB's infinite dates and times are its largest and least; they have no place in ours.
    private static void date(DuckDBReadableVector vector, int row, Column to) {
        long days = vector.getLocalDate(row).toEpochDay();
        if (Math.abs(days) >= Integer.MAX_VALUE) {
            throw new Unfit(INFINITE);
        }
        ((LongColumn) to).append(days);
    }

    private static void instant(Instant at, Column to) {
        if (Math.abs(at.getEpochSecond()) >= Long.MAX_VALUE / 1_000_000) {
            throw new Unfit(INFINITE);
        }
        ((LongColumn) to).append(at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000);
    }

    private static void time(DuckDBReadableVector vector, int row, Column to) {
        long micros = vector.getLong(row);
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
        return new Outward(type, format, (v, row, to) -> texts.read(v.getString(row), (BytesColumn) to));
    }

    private static Outward nested(DataType type) {
        String texts = DuckTypes.texts(type).replace("%", "%%");
        return new Outward(
                type,
                "CAST(to_json(CAST(%1$s AS " + texts + ")) AS VARCHAR)",
                (v, row, to) -> Nested.append(v.getString(row), to));
    }

    /// The SQL for the column `name`.
    String sql(String name) {
        return format.formatted(name);
    }

    void read(DuckDBReadableVector vector, int rows, Column to) {
        for (int row = 0; row < rows; row++) {
            if (vector.isNull(row)) {
                to.appendNull();
            } else {
                reader.read(vector, row, to);
            }
        }
    }
}
