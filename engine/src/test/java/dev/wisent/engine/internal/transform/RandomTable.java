package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.IntStream;

/// Random schemas and rows of them as JSON, in the form the encoder writes.
final class RandomTable {
    private static final List<String> SIMPLE = List.of(
            "bool",
            "int8",
            "int16",
            "int32",
            "int64",
            "float32",
            "float64",
            "decimal(9,2)",
            "decimal(30,5)",
            "string",
            "string",
            "binary",
            "date",
            "time",
            "timestamp",
            "timestamp_ntz",
            "uuid",
            "json",
            "json");
    /// Strings that are nearly something else, and one that would smuggle a key into a JSON object.
    private static final List<String> NEARLY = List.of(
            "",
            "0",
            "-0",
            "042",
            " 7",
            "1e3",
            "1.50",
            "true",
            "1",
            "null",
            "NaN",
            "300",
            "-129",
            "9223372036854775807",
            "9223372036854775808",
            "123456789012345678901234",
            "{\"a\":1}",
            "[1,{}]",
            "{\"a\"",
            "1,\"c0\":2",
            "2026-11-21",
            "2026-02-30",
            "2026-11-21T10:00:00Z");
    private static final String LETTERS = "abc \"\\\n\t,{}[]:éß\u20ac\ud83d\ude00";
    private static final List<String> KEYS = List.of("x", "y", "z", "x_y", "k\"é");

    private final Random random;

    RandomTable(Random random) {
        this.random = random;
    }

    Schema schema() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(6); i++) {
            DataType type = type(2);
            fields.add(random.nextInt(5) == 0 ? Field.required("c" + i, type) : Field.nullable("c" + i, type));
        }
        if (random.nextInt(6) == 0) {
            fields.add(Field.nullable("c0_x", TypeParser.parse("int64")));
        }
        return Schema.of(fields);
    }

    private DataType type(int depth) {
        return switch (depth == 0 ? 9 : random.nextInt(10)) {
            case 0 -> new DataType.ListOf(type(depth - 1));
            case 1 -> new DataType.MapOf(DataType.STRING, type(depth - 1));
            case 2, 3 -> {
                List<Field> fields = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    fields.add(Field.nullable(KEYS.get(i), type(depth - 1)));
                }
                yield new DataType.Struct(fields);
            }
            default -> TypeParser.parse(SIMPLE.get(random.nextInt(SIMPLE.size())));
        };
    }

    String row(Schema schema) {
        return object(schema.fields());
    }

    private String object(List<Field> fields) {
        StringJoiner members = new StringJoiner(",", "{", "}");
        for (Field field : fields) {
            int luck = random.nextInt(8);
            if (!field.isNullable() || luck > 1) {
                members.add(JsonText.quote(field.name()) + ":" + value(field.type()));
            } else if (luck == 1) {
                members.add(JsonText.quote(field.name()) + ":null");
            }
        }
        return members.toString();
    }

    private String value(DataType type) {
        return switch (type) {
            case DataType.Bool() -> String.valueOf(random.nextBoolean());
            case DataType.Int(int bits) -> String.valueOf(random.nextLong() >> (64 - random.nextInt(1, bits + 1)));
            case DataType.Float(int bits) ->
                bits == 32
                        ? String.valueOf((float) random.nextInt(2_000) / 64)
                        : String.valueOf(random.nextInt(5) == 0 ? random.nextInt(9) : random.nextInt(99_999) / 8.0);
            case DataType.Decimal(int precision, int scale) ->
                new BigDecimal(new BigInteger(random.nextInt(precision * 3), random), scale).toPlainString();
            case DataType.Text() -> JsonText.quote(text());
            case DataType.Json() -> json(2);
            case DataType.Binary() -> {
                byte[] bytes = new byte[random.nextInt(5)];
                random.nextBytes(bytes);
                yield JsonText.quote(Base64.getEncoder().encodeToString(bytes));
            }
            case DataType.Uuid() -> JsonText.quote(new UUID(random.nextLong(), random.nextLong()).toString());
            case DataType.Date() ->
                JsonText.quote(LocalDate.ofEpochDay(random.nextInt(40_000)).toString());
            case DataType.Time() ->
                JsonText.quote(LocalTime.of(random.nextInt(24), 5, 7).toString());
            case DataType.Timestamp() ->
                JsonText.quote(Instant.ofEpochSecond(random.nextInt()).toString());
            case DataType.TimestampNtz() ->
                JsonText.quote(
                        Instant.ofEpochSecond(random.nextInt()).toString().replace("Z", ""));
            case DataType.Struct(List<Field> fields) -> object(fields);
            case DataType.ListOf(DataType element) -> {
                StringJoiner elements = new StringJoiner(",", "[", "]");
                IntStream.range(0, random.nextInt(3)).forEach(i -> elements.add(value(element)));
                yield elements.toString();
            }
            case DataType.MapOf(DataType key, DataType element) -> {
                StringJoiner entries = new StringJoiner(",", "{", "}");
                IntStream.range(0, random.nextInt(3))
                        .forEach(i -> entries.add(JsonText.quote(KEYS.get(i)) + ":" + value(element)));
                yield entries.toString();
            }
        };
    }

    private String text() {
        if (random.nextInt(3) == 0) {
            return NEARLY.get(random.nextInt(NEARLY.size()));
        }
        if (random.nextInt(3) == 0) {
            return String.valueOf(random.nextLong() >> random.nextInt(64));
        }
        StringBuilder text = new StringBuilder();
        LETTERS.codePoints()
                .filter(c -> random.nextInt(4) == 0)
                .limit(random.nextInt(30))
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    /// A record of a schemaless stream, or now and then something that is none.
    String record() {
        return random.nextInt(40) == 0 ? json(1) : jsonObject(2, 7);
    }

    private String json(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> JsonText.quote(text());
            case 1 -> String.valueOf(random.nextInt(1000));
            case 2 -> random.nextBoolean() ? "true" : "1.50";
            case 3 -> random.nextBoolean() ? "{}" : "[]";
            case 4 -> "[" + json(depth - 1) + "," + json(depth - 1) + "]";
            default -> jsonObject(depth, 4);
        };
    }

    private String jsonObject(int depth, int most) {
        StringJoiner members = new StringJoiner(",", "{", "}");
        List<String> keys = most > KEYS.size() ? List.of("c0", "c1", "c2", "c3", "c4", "c0_x", "c\"5") : KEYS;
        for (String key : keys) {
            if (random.nextInt(3) > 0) {
                members.add(JsonText.quote(key) + ":" + (random.nextInt(6) == 0 ? "null" : json(depth - 1)));
            }
        }
        return members.toString();
    }

    RowOp[] ops(int rows) {
        RowOp[] ops = new RowOp[rows];
        RowOp[] some = {RowOp.INSERT, RowOp.UPDATE, RowOp.DELETE};
        for (int i = 0; i < rows; i++) {
            ops[i] = some[random.nextInt(some.length)];
        }
        return ops;
    }
}
