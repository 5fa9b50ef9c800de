package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/// How values of a type get into DuckDB: what type they travel as, and the SQL that makes them what they are. A null and a
/// value that is absent are both NULL there.
///
/// @param declared the type of ours
/// @param carried what the vector is
/// @param format the SQL, with `%s` for the carried column
record Inward(DataType declared, Carried carried, String format, Filler filler) {
    /// Types of vectors.
    ///
    /// `code` is DuckDB's number for it (`duckdb_type`).
    enum Carried {
        BOOLEAN(1),
        TINYINT(2),
        SMALLINT(3),
        INTEGER(4),
        BIGINT(5),
        FLOAT(10),
        DOUBLE(11),
        DATE(13),
        VARCHAR(17),
        DECIMAL(19);

        private final int code;

        Carried(int code) {
            this.code = code;
        }

        /// A logical type of DuckDB, to be destroyed.
        long type() {
            return DuckCalls.CREATE_TYPE.with(code);
        }
    }

    /// Puts the rows from `first` on into a vector.
    private interface Filler {
        void fill(Slots slots, Column from, int first, int count);
    }

    /// One value.
    private interface Setter {
        void set(int at, int row);
    }

    private interface Bytes {
        byte[] of(int row);
    }

    static Inward of(DataType type) {
        return switch (type) {
            case DataType.Bool() -> longs(type, Carried.BOOLEAN, "%s");
            case DataType.Int(int bits) ->
                longs(
                        type,
                        switch (bits) {
                            case 8 -> Carried.TINYINT;
                            case 16 -> Carried.SMALLINT;
                            case 32 -> Carried.INTEGER;
                            default -> Carried.BIGINT;
                        },
                        "%s");
            case DataType.Float(int bits) -> floating(type, bits);
            case DataType.Decimal(int precision, int scale) ->
                new Inward(type, Carried.DECIMAL, "%s", decimals(precision));
            case DataType.Date() -> longs(type, Carried.DATE, "%s");
            case DataType.Time() -> longs(type, Carried.BIGINT, "CAST(make_timestamp(%s) AS TIME)");
            case DataType.TimestampNtz() -> longs(type, Carried.BIGINT, "make_timestamp(%s)");
            case DataType.Timestamp() ->
                longs(type, Carried.BIGINT, "CAST(make_timestamp(%s) AS TIMESTAMP WITH TIME ZONE)");
            case DataType.Text() -> new Inward(type, Carried.VARCHAR, "%s", Inward::texts);
            case DataType.Json() -> new Inward(type, Carried.VARCHAR, "CAST(%s AS JSON)", Inward::texts);
            case DataType.Uuid() ->
                made(type, "CAST(%s AS UUID)", from -> row -> ascii(Leaves.uuid((BytesColumn) from, row)));
            case DataType.Binary() ->
                made(type, "unhex(%s)", from -> row -> ascii(Leaves.hex((BytesColumn) from, row)));
            case DataType.Struct s -> nested(type);
            case DataType.ListOf l -> nested(type);
            case DataType.MapOf m -> nested(type);
        };
    }

    private static Inward nested(DataType type) {
        String format = "CAST(CAST(CAST(%s AS JSON) AS " + DuckTypes.texts(type) + ") AS " + DuckTypes.name(type) + ")";
        return made(type, format.replace("%", "%%").replaceFirst("%%s", "%s"), from -> row -> Nested.json(from, row));
    }

    private static Inward longs(DataType type, Carried carried, String format) {
        int bytes = switch (carried) {
            case BOOLEAN, TINYINT -> Byte.BYTES;
            case SMALLINT -> Short.BYTES;
            case INTEGER, DATE -> Integer.BYTES;
            default -> Long.BYTES;
        };
        return new Inward(type, carried, format, longs(bytes));
    }

    private static Filler longs(int bytes) {
        return (slots, from, first, count) -> {
            long[] values = ((LongColumn) from).array();
            switch (bytes) {
                case Byte.BYTES -> each(slots, from, first, count, (at, row) -> slots.put(at, (byte) values[row]));
                case Short.BYTES -> each(slots, from, first, count, (at, row) -> slots.put(at, (short) values[row]));
                case Integer.BYTES -> each(slots, from, first, count, (at, row) -> slots.put(at, (int) values[row]));
                default -> each(slots, from, first, count, (at, row) -> slots.put(at, values[row]));
            }
        };
    }

    private static Filler decimals(int precision) {
        if (precision <= DuckTypes.SHORT_DIGITS) {
            return longs(Short.BYTES);
        }
        if (precision <= DuckTypes.INT_DIGITS) {
            return longs(Integer.BYTES);
        }
        return precision <= DuckTypes.LONG_DIGITS
                ? longs(Long.BYTES)
                : (slots, from, first, count) -> each(
                        slots,
                        from,
                        first,
                        count,
                        (at, row) -> slots.put(at, new BigInteger(((BytesColumn) from).copy(row))));
    }

    private static Inward floating(DataType type, int bits) {
        return bits == 32
                ? new Inward(type, Carried.FLOAT, "%s", (slots, from, first, count) -> {
                    double[] values = ((DoubleColumn) from).array();
                    each(
                            slots,
                            from,
                            first,
                            count,
                            (at, row) -> slots.put(at, Float.floatToRawIntBits((float) values[row])));
                })
                : new Inward(type, Carried.DOUBLE, "%s", (slots, from, first, count) -> {
                    double[] values = ((DoubleColumn) from).array();
                    each(
                            slots,
                            from,
                            first,
                            count,
                            (at, row) -> slots.put(at, Double.doubleToRawLongBits(values[row])));
                });
    }

    /// The bytes of all rows are copied in one piece, and a vector of plain ASCII points into it.
    private static void texts(Slots slots, Column from, int first, int count) {
        BytesColumn texts = (BytesColumn) from;
        int begin = texts.start(first);
        int end = texts.start(first + count);
        long moved = slots.copied(texts.data(), begin, end - begin) - begin;
        if (isAscii(texts.data(), begin, end)) {
            each(
                    slots,
                    from,
                    first,
                    count,
                    (at, row) -> slots.putAscii(at, moved + texts.start(row), texts.length(row)));
        } else {
            each(
                    slots,
                    from,
                    first,
                    count,
                    (at, row) -> slots.putText(at, moved + texts.start(row), texts.length(row)));
        }
    }

    private static boolean isAscii(byte[] data, int begin, int end) {
        int all = 0;
        for (int i = begin; i < end; i++) {
            all |= data[i];
        }
        return all >= 0;
    }

    private static Inward made(DataType type, String format, java.util.function.Function<Column, Bytes> texts) {
        return new Inward(type, Carried.VARCHAR, format, (slots, from, first, count) -> {
            Bytes bytes = texts.apply(from);
            each(slots, from, first, count, (at, row) -> slots.putText(at, bytes.of(row)));
        });
    }

    private static void each(Slots slots, Column from, int first, int count, Setter setter) {
        boolean complete = from.isComplete();
        for (int i = 0; i < count; i++) {
            if (complete || !from.isNull(first + i)) {
                setter.set(i, first + i);
            } else {
                slots.putNull(i);
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// A logical type of DuckDB, to be destroyed.
    long type() {
        return declared instanceof DataType.Decimal(int precision, int scale)
                ? DuckCalls.CREATE_DECIMAL.with(precision, scale)
                : carried.type();
    }

    /// The SQL for the carried column `name`.
    String sql(String name) {
        return format.formatted(name);
    }

    void fill(Slots slots, Column from, int first, int count) {
        filler.fill(slots, from, first, count);
    }
}
