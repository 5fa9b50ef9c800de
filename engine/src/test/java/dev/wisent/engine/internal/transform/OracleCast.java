package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/// What becomes of a JSON value that is cast, by `docs/reference/transforms.md` and `docs/reference/formats.md`.
final class OracleCast {
    private static final String NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?";
    private static final String WHOLE_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    /// Exponents beyond are no number here that fits anything.
    private static final int ABSURD = 1000;

    private OracleCast() {}

    /// @param from the column's type; empty for a member of a schemaless record
    static Optional<String> cast(Optional<DataType> from, DataType to, String json) {
        if (from.isPresent() && from.get().equals(to)) {
            return Optional.of(json);
        }
        boolean quoted = JsonText.isString(json);
        String text = quoted ? JsonText.string(json) : json;
        boolean isText = from.isEmpty() || from.get() instanceof DataType.Text;
        return switch (to) {
            case DataType.Text() -> Optional.of(quoted ? json : JsonText.quote(json));
            case DataType.Json() ->
                quoted && isText ? Optional.of(text.strip()).filter(JsonText::isJson) : Optional.of(json);
            case DataType.Bool() -> truth(text);
            case DataType.Int(int bits) -> number(text, quoted, true).flatMap(n -> integer(n, bits));
            case DataType.Float(int bits) -> floating(from, text, quoted);
            case DataType.Decimal(int precision, int scale) ->
                number(text, quoted, from.isPresent() && from.get() instanceof DataType.Int)
                        .flatMap(n -> decimal(n, precision, scale));
            case DataType.Date() -> quoted ? date(text) : Optional.empty();
            case DataType.TimestampNtz() ->
                from.isPresent() && from.get() instanceof DataType.Timestamp
                        ? Optional.of(json.replace("Z", ""))
                        : Optional.empty();
            default -> throw new IllegalArgumentException("no oracle for " + to.text());
        };
    }

    private static Optional<String> truth(String text) {
        return switch (text) {
            case "true", "1" -> Optional.of("true");
            case "false", "0" -> Optional.of("false");
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> number(String text, boolean quoted, boolean truths) {
        if (truths && (text.equals("true") || text.equals("false"))) {
            return Optional.of(text.equals("true") ? BigDecimal.ONE : BigDecimal.ZERO);
        }
        return text.matches(NUMBER) ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    private static Optional<String> integer(BigDecimal number, int bits) {
        if (Math.abs(number.scale()) > ABSURD) {
            return Optional.empty();
        }
        try {
            BigInteger value = number.toBigIntegerExact();
            return value.bitLength() < bits ? Optional.of(value.toString()) : Optional.empty();
        } catch (ArithmeticException fraction) {
            return Optional.empty();
        }
    }

    private static Optional<String> decimal(BigDecimal number, int precision, int scale) {
        try {
            BigDecimal exact = number.setScale(scale);
            return exact.precision() <= precision ? Optional.of(exact.toPlainString()) : Optional.empty();
        } catch (ArithmeticException rounding) {
            return Optional.empty();
        }
    }

    /// Only from whole numbers and texts: of others the text differs with the type.
    private static Optional<String> floating(Optional<DataType> from, String text, boolean quoted) {
        if (quoted && text.equals("NaN")) {
            return Optional.of("\"NaN\"");
        }
        Optional<BigDecimal> number = number(text, quoted, true);
        boolean inexact = from.isPresent()
                && from.get() instanceof DataType.Int
                && number.isPresent()
                && number.get().abs().compareTo(BigDecimal.valueOf(1L << 53)) > 0;
        if (number.isEmpty() || inexact) {
            return Optional.empty();
        }
        double value =
                text.equals("true") || text.equals("false") ? number.get().doubleValue() : Double.parseDouble(text);
        return Double.isInfinite(value) ? Optional.empty() : Optional.of(text(value));
    }

    /// As the encoder writes the number: how floats look is not a transform's business.
    private static String text(double value) {
        Schema schema = Schema.of(Field.nullable("v", DataType.FLOAT64));
        return JsonText.members(Rows.through(Rows.of(schema, "{\"v\":" + value + "}"))
                        .lines
                        .getFirst())
                .getOrDefault("v", "");
    }

    private static Optional<String> date(String text) {
        try {
            return text.matches(WHOLE_DATE)
                    ? Optional.of(JsonText.quote(LocalDate.parse(text).toString()))
                    : Optional.empty();
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
