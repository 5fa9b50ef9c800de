package dev.wisent.columnar.parquet;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.ValueForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/// Writes the rows of [Values] as NDJSON with what the JDK has, in any of the ways JSON has for the same value: keys in any
/// order, left out or twice, numbers with fractions and exponents, strings with and without escapes. What a reader finds
/// must be the values, whatever way was chosen.
final class JsonLines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter NANO_TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSSSSS");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX");
    private static final String[] STRAY = {"1", "\"x\"", "[{\"a\":[1,null]}]", "{\"k\":{}}", "-1.5e-3", "false"};

    private final Random random;
    private final Schema schema;
    private final ValueForm.ByColumn forms;
    private final StringBuilder out = new StringBuilder();

    JsonLines(long seed, Schema schema, ValueForm.ByColumn forms) {
        this.random = new Random(seed);
        this.schema = schema;
        this.forms = forms;
    }

    void append(Object[] row) {
        object(schema.fields(), row, field -> forms.of(field.name()));
        out.append(sometimes(8) ? "\r\n" : "\n").append(sometimes(20) ? " \n" : "");
    }

    /// What was appended since the last call.
    byte[] take() {
        byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
        out.setLength(0);
        return bytes;
    }

    private boolean sometimes(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private void space() {
        out.append(sometimes(10) ? " " : sometimes(20) ? "\t" : "");
    }

    private interface Forms {
        ValueForm of(Field field);
    }

    private void object(List<Field> fields, Object[] values, Forms form) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null || !sometimes(2)) {
                order.add(i);
            }
        }
        if (sometimes(3)) {
            Collections.shuffle(order, random);
        }
        out.append('{');
        String comma = "";
        for (int i : order) {
            out.append(comma);
            comma = ",";
            if (sometimes(50)) {
                member(fields.get(i).name());
                out.append("null,");
            }
            if (sometimes(100)) {
                member("no column");
                out.append(STRAY[random.nextInt(STRAY.length)]).append(',');
            }
            member(fields.get(i).name());
            value(fields.get(i).type(), values[i], form.of(fields.get(i)));
            space();
        }
        out.append('}');
    }

    private void member(String key) {
        space();
        string(key);
        space();
        out.append(':');
        space();
    }

    private void value(DataType type, Object value, ValueForm form) {
        switch (type) {
            case DataType t when value == null -> out.append("null");
            case DataType.Bool() -> out.append((Long) value == 1);
            case DataType.Int(int bits) -> number(BigDecimal.valueOf((Long) value));
            case DataType.Float(int bits) -> floating(bits, (Double) value);
            case DataType.Decimal(int p, int s) -> decimal(value, s);
            case DataType.Text() -> string(new String((byte[]) value, StandardCharsets.UTF_8));
            case DataType.Json() -> out.append(new String((byte[]) value, StandardCharsets.UTF_8));
            case DataType.Binary() -> binary((byte[]) value, form.encoding());
            case DataType.Uuid() -> uuid((byte[]) value);
            case DataType.Date() -> string(LocalDate.ofEpochDay((Long) value).toString());
            case DataType.Time() ->
                string(LocalTime.ofNanoOfDay((Long) value * 1_000).format(sometimes(3) ? NANO_TIME : TIME));
            case DataType.Timestamp() -> timestamp((Long) value, form);
            case DataType.TimestampNtz() ->
                string(instant((Long) value).atOffset(ZoneOffset.UTC).format(LOCAL));
            case DataType.Struct(List<Field> fields) -> object(fields, (Object[]) value, field -> form);
            case DataType.ListOf(DataType element) -> list(element, (List<?>) value, form);
            case DataType.MapOf(DataType key, DataType mapped) -> map(mapped, (List<?>) value, form);
        }
    }

    private void list(DataType element, List<?> values, ValueForm form) {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ",");
            space();
            value(element, values.get(i), form);
        }
        space();
        out.append(']');
    }

    private void map(DataType mapped, List<?> entries, ValueForm form) {
        out.append('{');
        for (int i = 0; i < entries.size(); i++) {
            Object[] entry = (Object[]) entries.get(i);
            out.append(i == 0 ? "" : ",");
            member(entry[0] instanceof byte[] text ? new String(text, StandardCharsets.UTF_8) : entry[0].toString());
            value(mapped, entry[1], form);
        }
        out.append('}');
    }

    /// The same number as `12`, `12.0`, `1.2E+1`.
    private void number(BigDecimal exact) {
        switch (random.nextInt(6)) {
            case 0 -> out.append(exact.stripTrailingZeros());
            case 1 ->
                out.append(
                        exact.setScale(exact.scale() + 1 + random.nextInt(25)).toPlainString());
            default -> out.append(exact.toPlainString());
        }
    }

    private void floating(int bits, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            string(Double.toString(value));
        } else if (value == 0) {
            out.append(1 / value < 0 ? "-" : "").append(sometimes(2) ? "0.0" : "0");
        } else if (sometimes(4)) {
            out.append(new BigDecimal(value));
        } else {
            out.append(bits == 32 ? Float.toString((float) value) : Double.toString(value));
        }
    }

    private void decimal(Object unscaled, int scale) {
        BigDecimal exact = new BigDecimal(
                unscaled instanceof Long small ? BigInteger.valueOf(small) : new BigInteger((byte[]) unscaled), scale);
        if (sometimes(4)) {
            string(exact.toPlainString());
        } else {
            number(exact);
        }
    }

    private void binary(byte[] value, ValueForm.Encoding encoding) {
        String hex = HexFormat.of().formatHex(value);
        string(
                switch (encoding) {
                    case BASE64 -> Base64.getEncoder().encodeToString(value);
                    case HEX -> sometimes(2) ? hex : hex.toUpperCase(Locale.ROOT);
                });
    }

    private void uuid(byte[] value) {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(value);
        String text = new UUID(bytes.getLong(), bytes.getLong()).toString();
        string(sometimes(2) ? text : text.toUpperCase(Locale.ROOT));
    }

    private void timestamp(long micros, ValueForm form) {
        if (form.unit().isPresent() && !sometimes(5)) {
            number(BigDecimal.valueOf(micros)
                    .scaleByPowerOfTen(-form.unit().get().scale())
                    .stripTrailingZeros());
        } else {
            ZoneOffset offset =
                    sometimes(2) ? ZoneOffset.UTC : ZoneOffset.ofTotalSeconds(60 * (random.nextInt(1_081) - 540));
            string(instant(micros).atOffset(offset).format(OFFSET));
        }
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private void string(String text) {
        boolean escapes = sometimes(5);
        out.append('"');
        text.codePoints().forEach(c -> {
            if (c < ' ' || (escapes && sometimes(3)) || (c == '"' && sometimes(2))) {
                escape(c);
            } else if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else {
                out.appendCodePoint(c);
            }
        });
        out.append('"');
    }

    /// Both halves of a pair: one alone is no character.
    private void escape(int c) {
        if (c == '\n' && sometimes(2)) {
            out.append("\\n");
            return;
        }
        for (char half : Character.toChars(c)) {
            out.append("\\u%04x".formatted((int) half));
        }
    }
}
