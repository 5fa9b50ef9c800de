package dev.wisent.columnar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random schemas of all types and random rows for them.
final class RandomRows {
    private static final List<DataType> SIMPLE = List.of(
            DataType.BOOL,
            DataType.INT8,
            DataType.INT16,
            DataType.INT32,
            DataType.INT64,
            DataType.FLOAT32,
            DataType.FLOAT64,
            new DataType.Decimal(5, 2),
            new DataType.Decimal(18, 0),
            new DataType.Decimal(18, 18),
            new DataType.Decimal(38, 10),
            new DataType.Decimal(19, 19),
            DataType.STRING,
            DataType.BINARY,
            DataType.DATE,
            DataType.TIME,
            DataType.TIMESTAMP,
            DataType.TIMESTAMP_NTZ,
            DataType.UUID,
            DataType.JSON);
    private static final String[] JSON = {"[1, {\"a\":\"\\u00e9\"}]", "{}", "\"x\"", "-0.10", "true", "{\"k\" : [ ] }"};
    private static final String LETTERS = "ab \"\\\n\r\t,;'\u0001\u0000\u00e9\u20ac\ud83d\ude00";

    private final Random random;

    RandomRows(Random random) {
        this.random = random;
    }

    Schema schema() {
        List<Field> fields = new ArrayList<>();
        for (DataType type : SIMPLE) {
            fields.add(Field.nullable(type.text(), type));
        }
        for (int i = 0; i < 6; i++) {
            fields.add(Field.nullable("nested \"" + i + "\u00e9", nested(3)));
        }
        return Schema.of(fields);
    }

    private DataType nested(int depth) {
        int kind = depth == 0 ? 3 : random.nextInt(4);
        return switch (kind) {
            case 0 -> {
                List<Field> fields = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    fields.add(Field.nullable("f" + i, nested(depth - 1)));
                }
                yield new DataType.Struct(fields);
            }
            case 1 -> new DataType.ListOf(nested(depth - 1));
            case 2 -> new DataType.MapOf(random.nextBoolean() ? DataType.STRING : DataType.INT64, nested(depth - 1));
            default -> SIMPLE.get(random.nextInt(SIMPLE.size()));
        };
    }

    RecordBatch batch(Schema schema, int rows) {
        RecordBatch batch = RecordBatch.of(schema);
        for (int row = 0; row < rows; row++) {
            for (Column column : batch.columns()) {
                if (random.nextInt(10) > 0) {
                    append(column);
                }
            }
            batch.endRow();
        }
        return batch;
    }

    private void append(Column column) {
        if (random.nextInt(8) == 0) {
            column.appendNull();
            return;
        }
        switch (column) {
            case LongColumn longs -> longs.append(longValue(column.type()));
            case DoubleColumn doubles -> doubles.append(doubleValue(column.type()));
            case BytesColumn bytes -> bytesValue(bytes);
            case StructColumn struct -> {
                for (Column child : struct.children()) {
                    if (random.nextInt(6) > 0) {
                        append(child);
                    }
                }
                struct.endRow();
            }
            case ListColumn list -> {
                for (int i = random.nextInt(4); i > 0; i--) {
                    append(list.elements());
                }
                list.endRow();
            }
            case MapColumn map -> {
                for (int i = random.nextInt(4); i > 0; i--) {
                    switch (map.keys()) {
                        case LongColumn longs -> longs.append(i);
                        case BytesColumn bytes -> bytes.append("k\"" + i);
                        default -> throw new AssertionError(map.keys().type());
                    }
                    append(map.values());
                }
                map.endRow();
            }
        }
    }

    private long longValue(DataType type) {
        long any = random.nextLong() >> random.nextInt(64);
        long day = 86_400_000_000L;
        return switch (type) {
            case DataType.Bool() -> random.nextInt(2);
            case DataType.Int(int bits) -> any << 64 - bits >> 64 - bits;
            case DataType.Decimal(int p, int s) -> any % BigDecimal.TEN.pow(p).longValue();
            case DataType.Date() -> random.nextInt(3_650_000) - 719_162;
            case DataType.Time() -> random.nextLong(day) / (random.nextBoolean() ? 1 : 1_000_000) % day;
            default ->
                random.nextLong(-60_000_000_000_000_000L, 250_000_000_000_000_000L)
                        / 1_000_000
                        * (random.nextBoolean() ? 1_000_000 : 1);
        };
    }

    private double doubleValue(DataType type) {
        double value = switch (random.nextInt(5)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(100_000) / 100.0;
            case 2 -> -random.nextInt(1_000);
            case 3 -> random.nextGaussian();
            default ->
                List.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                        .get(random.nextInt(5));
        };
        return type.equals(DataType.FLOAT32) ? (float) value : value;
    }

    private void bytesValue(BytesColumn column) {
        switch (column.type()) {
            case DataType.Text() -> {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(random.nextInt(10) == 0 ? 300 : 20); i > 0; i--) {
                    int at = random.nextInt(LETTERS.length() - 1);
                    text.append(Character.isSurrogate(LETTERS.charAt(at)) ? "\ud83d\ude00" : LETTERS.charAt(at));
                }
                column.append(text.toString());
            }
            case DataType.Json() -> column.append(JSON[random.nextInt(JSON.length)]);
            case DataType.Decimal(int p, int s) ->
                column.append(new BigInteger(120, random)
                        .mod(BigInteger.TEN.pow(p))
                        .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1))
                        .toByteArray());
            case DataType.Uuid() -> column.append(bytes(16));
            default -> column.append(bytes(random.nextInt(20)));
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
