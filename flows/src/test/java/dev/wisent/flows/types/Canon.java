package dev.wisent.flows.types;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Texts of values in one notation, whichever database shows them: what is the same value is the same text. Knows nothing of
/// the code that moves values.
final class Canon {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();
    /// Numbers in a list of DuckDB's may be none, which no JSON has a word for.
    private static final JsonMapper LISTS =
            JSON.rebuild().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    private static final Pattern MOMENT = Pattern.compile("([+-]?\\d+)-(\\d\\d)-(\\d\\d)"
            + "(?:[ T](\\d\\d):(\\d\\d)(?::(\\d\\d(?:\\.\\d+)?))?)? ?(Z|[+-]\\d\\d(?::?\\d\\d)?)?");

    private Canon() {}

    /// @param type of Wisent, in its notation
    static String text(String type, String text) {
        if (type.startsWith("int") || type.startsWith("decimal")) {
            return number(text);
        }
        if (type.startsWith("list<")) {
            return json(LISTS.readTree(text), type.substring("list<".length(), type.length() - 1));
        }
        return switch (type) {
            case "float32" -> Float.toString(zeroless(Float.parseFloat(word(text))));
            case "float64" -> Double.toString(zeroless(Double.parseDouble(word(text))));
            case "bool" -> String.valueOf(text.equals("1") || text.equalsIgnoreCase("true") || text.equals("t"));
            case "binary", "uuid" -> text.toLowerCase(Locale.ROOT);
            case "date" -> date(moment(text)).toString();
            case "timestamp" ->
                at(moment(text)).atOffset(offset(moment(text))).toInstant().toString();
            case "timestamp_ntz" -> at(moment(text)).toString();
            case "time" -> LocalTime.parse(text).toString();
            case "json" -> json(JSON.readTree(text), "");
            default -> text;
        };
    }

    /// A zero has no sign in SQLite and in MySQL's decimals.
    private static double zeroless(double value) {
        return value == 0 ? 0 : value;
    }

    private static float zeroless(float value) {
        return value == 0 ? 0 : value;
    }

    private static String word(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> "NaN";
            case "inf", "infinity" -> "Infinity";
            case "-inf", "-infinity" -> "-Infinity";
            default -> text;
        };
    }

    private static String number(String text) {
        return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }

    private static Matcher moment(String text) {
        boolean before = text.contains("BC");
        String plain = text.replaceAll(" ?\\(?BC\\)?", "");
        Matcher moment = MOMENT.matcher(before ? beforeChrist(plain) : plain);
        if (!moment.matches()) {
            throw new IllegalArgumentException("no moment: " + text);
        }
        return moment;
    }

    /// The year 44 BC is -43.
    private static String beforeChrist(String text) {
        int end = text.indexOf('-', 1);
        return (1 - Integer.parseInt(text.substring(0, end))) + text.substring(end);
    }

    private static LocalDate date(Matcher moment) {
        return LocalDate.of(
                Integer.parseInt(moment.group(1)),
                Integer.parseInt(moment.group(2)),
                Integer.parseInt(moment.group(3)));
    }

    private static LocalDateTime at(Matcher moment) {
        if (moment.group(4) == null) {
            return date(moment).atStartOfDay();
        }
        BigDecimal seconds = moment.group(6) == null ? BigDecimal.ZERO : new BigDecimal(moment.group(6));
        return date(moment)
                .atTime(Integer.parseInt(moment.group(4)), Integer.parseInt(moment.group(5)))
                .plusNanos(seconds.movePointRight(9).longValueExact());
    }

    /// Where a database has no zone, its destination writes UTC.
    private static ZoneOffset offset(Matcher moment) {
        String zone = moment.group(7);
        return zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone);
    }

    private static String json(JsonNode node, String type) {
        if (node.isArray()) {
            StringBuilder all = new StringBuilder("[");
            node.forEach(each -> all.append(json(each, type)).append(','));
            return all.append(']').toString();
        }
        if (node.isObject()) {
            java.util.TreeMap<String, String> sorted = new java.util.TreeMap<>();
            node.properties().forEach(each -> sorted.put(each.getKey(), json(each.getValue(), "")));
            return sorted.toString();
        }
        if (node.isNull()) {
            return "null";
        }
        String text = node.asString();
        return type.isEmpty() ? (node.isNumber() ? number(text) : node.toString()) : text(type, text);
    }
}
