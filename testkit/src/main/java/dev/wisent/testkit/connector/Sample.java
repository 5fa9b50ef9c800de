package dev.wisent.testkit.connector;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.StructColumn;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A value of a type, and how it reads as text: numbers in decimals, times as in ISO 8601, binary in Base64, nested values as
/// JSON.
record Sample(DataType type, Consumer<Column> append, String text) {
    /// Values at the ends of each type, and those that tempt a writer to be wrong.
    static final List<Sample> ALL = all();

    /// Values that a database may have no place for: each is held as it is, or refused.
    static final List<Sample> EDGES = edges();

    static List<DataType> types() {
        return ALL.stream().map(Sample::type).distinct().toList();
    }

    private static List<Sample> all() {
        List<Sample> all = new ArrayList<>();
        longs(all, DataType.BOOL, 1, "true");
        longs(all, DataType.BOOL, 0, "false");
        longs(all, DataType.INT8, Byte.MIN_VALUE, "-128");
        longs(all, DataType.INT16, Short.MAX_VALUE, "32767");
        longs(all, DataType.INT32, Integer.MIN_VALUE, "-2147483648");
        longs(all, DataType.INT64, Long.MIN_VALUE, "-9223372036854775808");
        longs(all, DataType.INT64, 9_007_199_254_740_993L, "9007199254740993");
        doubles(all, DataType.FLOAT32, 1.5f, "1.5");
        doubles(all, DataType.FLOAT64, 0.1, "0.1");
        doubles(all, DataType.FLOAT64, -1e300, "-1e300");
        longs(all, new DataType.Decimal(18, 2), -1, "-0.01");
        longs(all, new DataType.Decimal(18, 2), 999_999_999_999_999_999L, "9999999999999999.99");
        bytes(
                all,
                new DataType.Decimal(38, 10),
                new BigInteger("-12345678901234567890123456789012345678").toByteArray(),
                "-1234567890123456789012345678.9012345678");
        texts(all, DataType.STRING, "");
        texts(all, DataType.STRING, "Zoë's \"wild ox\" 🦬, 100 %; \\ | \t <&>");
        texts(all, DataType.STRING, "one line\nand another");
        bytes(all, DataType.BINARY, new byte[] {0, 1, -1, '\n'}, "AAH/Cg==");
        longs(all, DataType.DATE, 20_778, "2026-11-21");
        longs(all, DataType.DATE, -1, "1969-12-31");
        longs(all, DataType.TIME, 86_399_999_999L, "23:59:59.999999");
        longs(all, DataType.TIMESTAMP, 1_795_219_200_000_001L, "2026-11-21T00:00:00.000001Z");
        longs(all, DataType.TIMESTAMP, -1, "1969-12-31T23:59:59.999999Z");
        longs(all, DataType.TIMESTAMP_NTZ, 1_795_219_200_000_000L, "2026-11-21T00:00:00");
        bytes(
                all,
                DataType.UUID,
                new byte[] {0x01, 0x23, 0x45, 0x67, -119, -85, -51, -17, 0x01, 0x23, 0x45, 0x67, -119, -85, -51, -17},
                "01234567-89ab-cdef-0123-456789abcdef");
        texts(all, DataType.JSON, "{\"a\":[1,2.5,null],\"b\":\"x\"}");
        nested(all);
        return List.copyOf(all);
    }

    private static List<Sample> edges() {
        List<Sample> all = new ArrayList<>();
        for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            doubles(all, type, Double.NaN, "NaN");
            doubles(all, type, Double.POSITIVE_INFINITY, "Infinity");
            doubles(all, type, Double.NEGATIVE_INFINITY, "-Infinity");
        }
        doubles(all, DataType.FLOAT32, Float.MAX_VALUE, Float.toString(Float.MAX_VALUE));
        doubles(all, DataType.FLOAT64, Double.MAX_VALUE, Double.toString(Double.MAX_VALUE));
        doubles(all, DataType.FLOAT64, Double.MIN_VALUE, Double.toString(Double.MIN_VALUE));
        BigInteger nines = BigInteger.TEN.pow(DataType.MAX_DECIMAL).subtract(BigInteger.ONE);
        String digits = "9".repeat(28) + "." + "9".repeat(10);
        bytes(all, new DataType.Decimal(DataType.MAX_DECIMAL, 10), nines.toByteArray(), digits);
        bytes(
                all,
                new DataType.Decimal(DataType.MAX_DECIMAL, 10),
                nines.negate().toByteArray(),
                "-" + digits);
        texts(all, DataType.STRING, "nothing\0ends");
        texts(all, DataType.STRING, "NULL");
        for (String day : List.of("0001-01-01", "9999-12-31", "+10000-01-01", "-0043-03-15")) {
            LocalDate date = LocalDate.parse(day);
            LocalDateTime evening = date.atTime(23, 59, 59, 999_999_000);
            long micros = ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), evening);
            longs(all, DataType.DATE, date.toEpochDay(), day);
            longs(all, DataType.TIMESTAMP, micros, evening + "Z");
            longs(all, DataType.TIMESTAMP_NTZ, micros, evening.toString());
        }
        return List.copyOf(all);
    }

    /// What a destination says it refuses: `float64 NaN`.
    String name() {
        return type.text() + " " + text.replace("\0", "U+0000");
    }

    private static void nested(List<Sample> all) {
        DataType struct =
                new DataType.Struct(List.of(Field.nullable("a", DataType.INT64), Field.nullable("b", DataType.STRING)));
        all.add(new Sample(
                struct,
                column -> {
                    StructColumn row = (StructColumn) column;
                    ((LongColumn) row.children().get(0)).append(7);
                    ((BytesColumn) row.children().get(1)).append("x");
                    row.endRow();
                },
                "{\"a\":7,\"b\":\"x\"}"));
        all.add(new Sample(
                new DataType.ListOf(DataType.STRING),
                column -> {
                    ListColumn row = (ListColumn) column;
                    ((BytesColumn) row.elements()).append("x");
                    row.elements().appendNull();
                    row.endRow();
                },
                "[\"x\",null]"));
        all.add(new Sample(
                new DataType.MapOf(DataType.STRING, DataType.INT64),
                column -> {
                    MapColumn row = (MapColumn) column;
                    ((BytesColumn) row.keys()).append("k");
                    ((LongColumn) row.values()).append(1);
                    row.endRow();
                },
                "{\"k\":1}"));
    }

    private static void longs(List<Sample> all, DataType type, long value, String text) {
        all.add(new Sample(type, column -> ((LongColumn) column).append(value), text));
    }

    private static void doubles(List<Sample> all, DataType type, double value, String text) {
        all.add(new Sample(type, column -> ((DoubleColumn) column).append(value), text));
    }

    private static void bytes(List<Sample> all, DataType type, byte[] value, String text) {
        all.add(new Sample(type, column -> ((BytesColumn) column).append(value), text));
    }

    private static void texts(List<Sample> all, DataType type, String value) {
        all.add(new Sample(type, column -> ((BytesColumn) column).append(value), value));
    }
}
