package dev.wisent.columnar.parquet;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A random schema and random rows for it: the same ones each time for the same seed. Columns differ in how many values
/// are null and how many are distinct.
final class Generated {
    private static final List<DataType> SIMPLE = List.of(
            DataType.BOOL,
            DataType.INT8,
            DataType.INT16,
            DataType.INT32,
            DataType.INT64,
            DataType.FLOAT32,
            DataType.FLOAT64,
            new DataType.Decimal(4, 2),
            new DataType.Decimal(9, 9),
            new DataType.Decimal(18, 2),
            new DataType.Decimal(19, 0),
            new DataType.Decimal(38, 10),
            DataType.STRING,
            DataType.BINARY,
            DataType.DATE,
            DataType.TIME,
            DataType.TIMESTAMP,
            DataType.TIMESTAMP_NTZ,
            DataType.UUID,
            DataType.JSON);
    private static final double[] STRANGE = {
        0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE
    };
    private static final String[] JSON = {"[1, {\"a\":\"é\"}]", "{}", "\"x\"", "-0.10", "true", "{\"k\" : [ ] }"};
    private static final String[] LETTERS = {
        "a", "b", "z", " ", "\"", "\\", "\n", "é", "€", "\ud83d\ude00", "\udbff\udfff"
    };

    /// Makes one value after the other.
    private interface Maker {
        Object next();
    }

    private final Random random;
    private final Schema schema;
    private final List<Maker> makers = new ArrayList<>();

    /// Every simple type once, and a few nested columns.
    Generated(long seed) {
        this(seed, 3);
    }

    Generated(long seed, int nested) {
        this.random = new Random(seed);
        List<Field> fields = new ArrayList<>();
        for (DataType type : SIMPLE) {
            fields.add(field("s " + type.text(), type));
        }
        for (int i = 0; i < nested; i++) {
            fields.add(field("n\"" + i + "é", nested(3)));
        }
        this.schema = Schema.of(fields);
        schema.fields().forEach(f -> makers.add(maker(f.type(), f.isNullable())));
    }

    Generated(long seed, Schema schema) {
        this.random = new Random(seed);
        this.schema = schema;
        schema.fields().forEach(f -> makers.add(maker(f.type(), f.isNullable())));
    }

    Schema schema() {
        return schema;
    }

    Object[] next() {
        return makers.stream().map(Maker::next).toArray();
    }

    List<Object[]> rows(int count) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(next());
        }
        return rows;
    }

    private Field field(String name, DataType type) {
        return random.nextInt(4) == 0 ? Field.required(name, type) : Field.nullable(name, type);
    }

    private DataType nested(int depth) {
        return switch (depth == 0 ? 3 : random.nextInt(4)) {
            case 0 -> {
                List<Field> fields = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    fields.add(field("f" + i, nested(depth - 1)));
                }
                yield new DataType.Struct(fields);
            }
            case 1 -> new DataType.ListOf(nested(depth - 1));
            case 2 -> new DataType.MapOf(random.nextBoolean() ? DataType.STRING : DataType.INT64, nested(depth - 1));
            default -> SIMPLE.get(random.nextInt(SIMPLE.size()));
        };
    }

    private Maker maker(DataType type, boolean nullable) {
        Maker values = values(type);
        double nulls = nullable ? new double[] {0, 0.05, 0.5, 0.97, 1}[random.nextInt(5)] : 0;
        return () -> nulls > 0 && random.nextDouble() < nulls ? null : values.next();
    }

    private Maker values(DataType type) {
        return switch (type) {
            case DataType.Struct(List<Field> fields) -> {
                List<Maker> parts = fields.stream()
                        .map(f -> maker(f.type(), f.isNullable()))
                        .toList();
                yield () -> parts.stream().map(Maker::next).toArray();
            }
            case DataType.ListOf(DataType element) -> {
                Maker elements = maker(element, true);
                int most = SIMPLE.contains(element) && random.nextBoolean() ? 40 : 4;
                yield () -> {
                    List<Object> list = new ArrayList<>();
                    for (int i = random.nextInt(4) == 0 ? 0 : random.nextInt(most); i > 0; i--) {
                        list.add(elements.next());
                    }
                    return list;
                };
            }
            case DataType.MapOf(DataType key, DataType value) -> {
                Maker mapped = maker(value, true);
                yield () -> {
                    List<Object> entries = new ArrayList<>();
                    for (long i = random.nextInt(4); i > 0; i--) {
                        entries.add(
                                new Object[] {key.equals(DataType.INT64) ? (Object) i : text("k" + i), mapped.next()});
                    }
                    return entries;
                };
            }
            default -> {
                int distinct = new int[] {1, 2, 50, 0, 0}[random.nextInt(5)];
                if (distinct == 0) {
                    yield () -> simple(type);
                }
                Object[] few = new Object[distinct];
                for (int i = 0; i < distinct; i++) {
                    few[i] = simple(type);
                }
                yield () -> few[random.nextInt(few.length)];
            }
        };
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Object simple(DataType type) {
        return switch (type) {
            case DataType.Bool() -> (long) random.nextInt(2);
            case DataType.Int(int bits) -> (random.nextLong() >> random.nextInt(64)) << 64 - bits >> 64 - bits;
            case DataType.Float(int bits) -> number(bits);
            case DataType.Decimal(int p, int s) -> decimal(p);
            case DataType.Text() -> string();
            case DataType.Json() -> text(JSON[random.nextInt(JSON.length)]);
            case DataType.Date() -> (long) random.nextInt(3_650_000) - 719_162;
            case DataType.Time() -> random.nextLong(86_400_000_000L);
            case DataType.Uuid() -> bytes(16);
            case DataType.Binary() ->
                random.nextInt(6) == 0
                        ? ones(60 + random.nextInt(10))
                        : bytes(random.nextInt(random.nextInt(8) == 0 ? 200 : 20));
            default -> random.nextLong(-60_000_000_000_000_000L, 250_000_000_000_000_000L);
        };
    }

    private Object number(int bits) {
        double value = switch (random.nextInt(4)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(100_000) / 100.0;
            case 2 -> random.nextGaussian();
            default -> STRANGE[random.nextInt(STRANGE.length)];
        };
        return bits == 32 ? (double) (float) value : value;
    }

    private Object decimal(int precision) {
        BigInteger value = new BigInteger(random.nextInt(130), random)
                .mod(BigInteger.TEN.pow(precision))
                .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1));
        return precision <= DataType.MAX_LONG_DECIMAL ? (Object) value.longValueExact() : value.toByteArray();
    }

    private byte[] string() {
        StringBuilder text = new StringBuilder();
        String letter = LETTERS[random.nextInt(LETTERS.length)];
        boolean same = random.nextInt(4) == 0;
        for (int i = random.nextInt(random.nextInt(6) == 0 ? 120 : 12); i > 0; i--) {
            text.append(same ? letter : LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text(text.toString());
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] ones(int length) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) -1);
        return bytes;
    }
}
