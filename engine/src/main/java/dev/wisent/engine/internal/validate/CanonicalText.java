package dev.wisent.engine.internal.validate;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Values that are written as text or JSON, in the form [CanonicalValue] gives them. A text that is no value of its type stays
/// itself, and so equals none.
final class CanonicalText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int FLOAT32 = 32;
    /// Where the offset of an instant begins, at the earliest.
    private static final int DATE = 10;

    private CanonicalText() {}

    static String truth(long value) {
        return value == 0 ? "false" : "true";
    }

    static String number(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    static String floating(double value) {
        return Double.isFinite(value) ? number(new BigDecimal(Double.toString(value))) : Double.toString(value);
    }

    /// Any JSON.
    static String json(String text) {
        return json(JSON.readTree(text));
    }

    private static String json(JsonNode node) {
        if (node.isObject()) {
            Parts parts = new Parts();
            node.propertyStream().forEach(member -> parts.member(member.getKey(), json(member.getValue())));
            return parts.object();
        }
        if (node.isArray()) {
            Parts parts = new Parts();
            node.forEach(item -> parts.element(json(item)));
            return parts.list();
        }
        return node.isNumber() ? number(node.decimalValue()) : node.toString();
    }

    /// JSON that stands for a value of type `as`.
    static String ofJson(String text, DataType as) {
        try {
            return of(JSON.readTree(text), as);
        } catch (JacksonException e) {
            return unlike(text, as);
        }
    }

    private static String of(JsonNode node, DataType as) {
        return switch (as) {
            case DataType.Json j -> json(node);
            case DataType.Text t -> node.isString() ? node.stringValue() : node.toString();
            case DataType.Struct(List<Field> fields) when node.isObject() -> struct(node, Schema.of(fields));
            case DataType.ListOf(DataType element)
            when node.isArray() -> {
                Parts parts = new Parts();
                node.forEach(item -> {
                    if (item.isNull()) {
                        parts.nothing();
                    } else {
                        parts.element(of(item, element));
                    }
                });
                yield parts.list();
            }
            case DataType.MapOf map when node.isObject() -> map(node, map);
            default -> node.isString() ? parsed(node.stringValue(), as) : parsed(node.toString(), as);
        };
    }

    private static String struct(JsonNode node, Schema as) {
        Parts parts = new Parts();
        node.propertyStream().filter(member -> !member.getValue().isNull()).forEach(member -> {
            OptionalInt at = as.indexOf(member.getKey());
            parts.member(
                    member.getKey(),
                    at.isPresent()
                            ? of(member.getValue(), as.field(at.getAsInt()).type())
                            : json(member.getValue()));
        });
        return parts.object();
    }

    private static String map(JsonNode node, DataType.MapOf as) {
        Parts parts = new Parts();
        node.propertyStream().forEach(member -> {
            String key = parsed(member.getKey(), as.key());
            if (member.getValue().isNull()) {
                parts.member(key);
            } else {
                parts.member(key, of(member.getValue(), as.value()));
            }
        });
        return parts.object();
    }

    /// A text that stands for a value of type `as`: as in CSV, or as databases spell it.
    static String parsed(String text, DataType as) {
        try {
            return switch (as) {
                case DataType.Text t -> text;
                case DataType.Json j -> json(text);
                case DataType.Struct s -> ofJson(text, as);
                case DataType.ListOf l -> ofJson(text, as);
                case DataType.MapOf m -> ofJson(text, as);
                case DataType.Bool b -> bool(text);
                case DataType.Int i -> number(new BigDecimal(text));
                case DataType.Decimal d -> number(new BigDecimal(text));
                case DataType.Float(int bits) ->
                    floating(bits == FLOAT32 ? Float.parseFloat(text) : Double.parseDouble(text));
                case DataType.Date d -> Long.toString(LocalDate.parse(text).toEpochDay());
                case DataType.Time t -> micros(LocalTime.parse(text).toNanoOfDay(), text, as);
                case DataType.Timestamp t -> instant(text, as);
                case DataType.TimestampNtz t -> instant(text, as);
                case DataType.Uuid u -> UUID.fromString(text).toString().replace("-", "");
                case DataType.Binary b ->
                    HexFormat.of().formatHex(Base64.getDecoder().decode(text));
            };
        } catch (IllegalArgumentException | DateTimeException | JacksonException e) {
            return unlike(text, as);
        }
    }

    private static String bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> "true";
            case "false", "f", "0" -> "false";
            default -> unlike(text, DataType.BOOL);
        };
    }

    /// With an offset, or without one, which then is that of UTC.
    private static String instant(String text, DataType as) {
        String iso = text.replace(' ', 'T');
        boolean offset = iso.endsWith("Z") || iso.indexOf('+') > DATE || iso.lastIndexOf('-') > DATE;
        Instant at;
        if (offset) {
            // some write whole hours as +02
            String full = iso.matches(".*[+-]\\d\\d") ? iso + ":00" : iso;
            at = OffsetDateTime.parse(full).toInstant();
        } else {
            at = (iso.length() == DATE ? LocalDate.parse(iso).atStartOfDay() : LocalDateTime.parse(iso))
                    .toInstant(ZoneOffset.UTC);
        }
        if (at.getNano() % NANOS_PER_MICRO != 0) {
            return unlike(text, as);
        }
        return Long.toString(at.getEpochSecond() * MICROS_PER_SECOND + at.getNano() / NANOS_PER_MICRO);
    }

    private static String micros(long nanos, String text, DataType as) {
        return nanos % NANOS_PER_MICRO == 0 ? Long.toString(nanos / NANOS_PER_MICRO) : unlike(text, as);
    }

    private static String unlike(String text, DataType as) {
        return "not " + as.text() + ": " + text;
    }
}
