package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBWritableVector;

/// How values of a type get into DuckDB: what type they travel as, since vectors take few, and the SQL that makes them what
/// they are. A null and a value that is absent are both NULL there.
///
/// @param declared the type of ours
/// @param carried what a vector of DuckDB takes
/// @param format the SQL, with `%s` for the carried column
record Inward(DataType declared, DuckDBColumnType carried, String format, Filler filler) {
    /// Puts the rows from `first` on into a vector.
    private interface Filler {
        void fill(DuckDBWritableVector vector, Column from, int first, int count);
    }

    /// One value.
    private interface Setter {
        void set(DuckDBWritableVector vector, int at, int row);
    }

    private interface Bytes {
        byte[] of(int row);
    }

    static Inward of(DataType type) {
        return switch (type) {
            case DataType.Bool() ->
                of(type, DuckDBColumnType.BOOLEAN, "%s", (vector, from, first, count) -> {
                    long[] values = ((LongColumn) from).array();
                    each(vector, from, first, count, (v, at, row) -> v.setBoolean(at, values[row] != 0));
                });
            case DataType.Int(int bits) -> integer(type, bits);
            case DataType.Float(int bits) -> floating(type, bits);
            case DataType.Decimal decimal ->
                of(
                        type,
                        DuckDBColumnType.DECIMAL,
                        "%s",
                        (vector, from, first, count) -> each(
                                vector,
                                from,
                                first,
                                count,
                                (v, at, row) -> v.setBigDecimal(at, Leaves.decimal(from, decimal, row))));
            case DataType.Date() ->
                of(type, DuckDBColumnType.DATE, "%s", (vector, from, first, count) -> {
                    long[] days = ((LongColumn) from).array();
                    each(vector, from, first, count, (v, at, row) -> v.setDate(at, LocalDate.ofEpochDay(days[row])));
                });
            case DataType.Time() -> micros(type, "CAST(make_timestamp(%s) AS TIME)");
            case DataType.TimestampNtz() -> micros(type, "make_timestamp(%s)");
            case DataType.Timestamp() -> micros(type, "CAST(make_timestamp(%s) AS TIMESTAMP WITH TIME ZONE)");
            case DataType.Text() -> bytes(type, "%s");
            case DataType.Json() -> bytes(type, "CAST(%s AS JSON)");
            case DataType.Uuid() ->
                texts(type, "CAST(%s AS UUID)", from -> row -> ascii(Leaves.uuid((BytesColumn) from, row)));
            case DataType.Binary() ->
                texts(type, "unhex(%s)", from -> row -> ascii(Leaves.hex((BytesColumn) from, row)));
            case DataType.Struct s -> nested(type);
            case DataType.ListOf l -> nested(type);
            case DataType.MapOf m -> nested(type);
        };
    }

    private static Inward of(DataType type, DuckDBColumnType carried, String format, Filler filler) {
        return new Inward(type, carried, format, filler);
    }

    private static Inward nested(DataType type) {
        String format = "CAST(CAST(CAST(%s AS JSON) AS " + DuckTypes.texts(type) + ") AS " + DuckTypes.name(type) + ")";
        return texts(type, format.replace("%", "%%").replaceFirst("%%s", "%s"), from -> row -> Nested.json(from, row));
    }

    private static Inward integer(DataType type, int bits) {
        return switch (bits) {
            case 8 ->
                of(type, DuckDBColumnType.TINYINT, "%s", (vector, from, first, count) -> {
                    long[] values = ((LongColumn) from).array();
                    each(vector, from, first, count, (v, at, row) -> v.setByte(at, (byte) values[row]));
                });
            case 16 ->
                of(type, DuckDBColumnType.SMALLINT, "%s", (vector, from, first, count) -> {
                    long[] values = ((LongColumn) from).array();
                    each(vector, from, first, count, (v, at, row) -> v.setShort(at, (short) values[row]));
                });
            case 32 ->
                of(type, DuckDBColumnType.INTEGER, "%s", (vector, from, first, count) -> {
                    long[] values = ((LongColumn) from).array();
                    each(vector, from, first, count, (v, at, row) -> v.setInt(at, (int) values[row]));
                });
            default -> micros(type, "%s");
        };
    }

    /// Longs as they are.
    private static Inward micros(DataType type, String format) {
        return of(type, DuckDBColumnType.BIGINT, format, (vector, from, first, count) -> {
            long[] values = ((LongColumn) from).array();
            each(vector, from, first, count, (v, at, row) -> v.setLong(at, values[row]));
        });
    }

    private static Inward floating(DataType type, int bits) {
        return bits == 32
                ? of(type, DuckDBColumnType.FLOAT, "%s", (vector, from, first, count) -> {
                    double[] values = ((DoubleColumn) from).array();
                    each(vector, from, first, count, (v, at, row) -> v.setFloat(at, (float) values[row]));
                })
                : of(type, DuckDBColumnType.DOUBLE, "%s", (vector, from, first, count) -> {
                    double[] values = ((DoubleColumn) from).array();
                    each(vector, from, first, count, (v, at, row) -> v.setDouble(at, values[row]));
                });
    }

    private static Inward bytes(DataType type, String format) {
        return texts(type, format, from -> row -> ((BytesColumn) from).copy(row));
    }

    private static Inward texts(DataType type, String format, java.util.function.Function<Column, Bytes> texts) {
        return of(type, DuckDBColumnType.VARCHAR, format, (vector, from, first, count) -> {
            Bytes bytes = texts.apply(from);
            byte[][] values = new byte[count][];
            for (int i = 0; i < count; i++) {
                if (!from.isNull(first + i)) {
                    values[i] = bytes.of(first + i);
                }
            }
            vector.setStringUtf8Batch(0, values);
        });
    }

    private static void each(DuckDBWritableVector vector, Column from, int first, int count, Setter setter) {
        boolean complete = from.isComplete();
        for (int i = 0; i < count; i++) {
            if (complete || !from.isNull(first + i)) {
                setter.set(vector, i, first + i);
            } else {
                vector.setNull(i);
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void declare(DuckDBTableFunctionBindInfo info, String name) throws SQLException {
        if (declared instanceof DataType.Decimal(int precision, int scale)) {
            try (DuckDBLogicalType decimal = DuckDBLogicalType.decimal(precision, scale)) {
                info.addResultColumn(name, decimal);
            }
        } else {
            info.addResultColumn(name, carried);
        }
    }

    /// The SQL for the carried column `name`.
    String sql(String name) {
        return format.formatted(name);
    }

    void fill(DuckDBWritableVector vector, Column from, int first, int count) {
        filler.fill(vector, from, first, count);
    }
}
