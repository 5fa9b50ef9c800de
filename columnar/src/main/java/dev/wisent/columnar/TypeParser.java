package dev.wisent.columnar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads types as configuration spells them: every [DataType#text], in any case, and the aliases boolean, integer,
/// bigint, int, float, double, numeric, bytes, datetime and record. `numeric` and `decimal` alone mean `decimal(38,9)`.
public final class TypeParser {
    /// Deeper nested types are refused: every level costs a stack frame in decoders and writers.
    public static final int MAX_NESTING = 64;

    private static final DataType DEFAULT_DECIMAL = new DataType.Decimal(DataType.MAX_DECIMAL, 9);
    private static final Map<String, DataType> SIMPLE = Map.ofEntries(
            Map.entry("bool", DataType.BOOL),
            Map.entry("boolean", DataType.BOOL),
            Map.entry("int8", DataType.INT8),
            Map.entry("int16", DataType.INT16),
            Map.entry("int32", DataType.INT32),
            Map.entry("int", DataType.INT32),
            Map.entry("int64", DataType.INT64),
            Map.entry("integer", DataType.INT64),
            Map.entry("bigint", DataType.INT64),
            Map.entry("float32", DataType.FLOAT32),
            Map.entry("float64", DataType.FLOAT64),
            Map.entry("float", DataType.FLOAT64),
            Map.entry("double", DataType.FLOAT64),
            Map.entry("decimal", DEFAULT_DECIMAL),
            Map.entry("numeric", DEFAULT_DECIMAL),
            Map.entry("string", DataType.STRING),
            Map.entry("binary", DataType.BINARY),
            Map.entry("bytes", DataType.BINARY),
            Map.entry("date", DataType.DATE),
            Map.entry("time", DataType.TIME),
            Map.entry("timestamp", DataType.TIMESTAMP),
            Map.entry("timestamp_ntz", DataType.TIMESTAMP_NTZ),
            Map.entry("datetime", DataType.TIMESTAMP_NTZ),
            Map.entry("uuid", DataType.UUID),
            Map.entry("json", DataType.JSON));
    private static final List<String> GENERIC = List.of("struct", "record", "list", "map");
    private static final String VALID =
            "bool, int8, int16, int32, int64, float32, float64, decimal(p,s), string, binary, "
                    + "date, time, timestamp, timestamp_ntz, uuid, json, struct<name:type,…>, list<type>, map<type,type>";

    private final String text;
    private int at;

    private TypeParser(String text) {
        this.text = text;
    }

    /// The type `text` names. Refuses everything else with a message that lists what is valid.
    public static DataType parse(String text) {
        TypeParser parser = new TypeParser(text);
        DataType type = parser.type(0);
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.refused("unexpected '" + text.substring(parser.at) + "' after the type");
        }
        return type;
    }

    private DataType type(int depth) {
        if (depth >= MAX_NESTING) {
            throw refused("it is nested deeper than " + MAX_NESTING + " levels");
        }
        String name = word().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "decimal", "numeric" -> accept('(') ? decimal() : DEFAULT_DECIMAL;
            case "struct", "record" -> struct(depth);
            case "list" -> {
                expect('<');
                DataType element = type(depth + 1);
                expect('>');
                yield new DataType.ListOf(element);
            }
            case "map" -> {
                expect('<');
                DataType key = type(depth + 1);
                expect(',');
                DataType value = type(depth + 1);
                expect('>');
                yield new DataType.MapOf(key, value);
            }
            default -> Optional.ofNullable(SIMPLE.get(name)).orElseThrow(() -> unknown(name));
        };
    }

    private DataType decimal() {
        int precision = number();
        int scale = accept(',') ? number() : 0;
        expect(')');
        try {
            return new DataType.Decimal(precision, scale);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private DataType struct(int depth) {
        expect('<');
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (accept('>')) {
            return new DataType.Struct(fields);
        }
        do {
            String name = fieldName();
            expect(':');
            DataType type = type(depth + 1);
            if (!names.add(name)) {
                throw refused("two fields are named '" + name + "'");
            }
            fields.add(notNull() ? Field.required(name, type) : Field.nullable(name, type));
        } while (accept(','));
        expect('>');
        return new DataType.Struct(fields);
    }

    private boolean notNull() {
        skipSpace();
        int before = at;
        if (at < text.length()
                && Character.isLetter(text.charAt(at))
                && word().equalsIgnoreCase("not")
                && word().equalsIgnoreCase("null")) {
            return true;
        }
        at = before;
        return false;
    }

    private String fieldName() {
        skipSpace();
        if (!accept('`')) {
            return word();
        }
        StringBuilder name = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '`') {
                name.append(c);
            } else if (at < text.length() && text.charAt(at) == '`') {
                name.append('`');
                at++;
            } else if (!name.isEmpty()) {
                return name.toString();
            } else {
                break;
            }
        }
        throw refused("a field name in backticks is empty or does not end");
    }

    private String word() {
        skipSpace();
        int from = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        if (at == from) {
            throw refused("a name is missing at position " + (from + 1));
        }
        return text.substring(from, at);
    }

    private int number() {
        String digits = word();
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw refused("'" + digits + "' is no number of digits");
        }
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    private boolean accept(char c) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw refused("'" + c + "' is missing at position " + (at + 1));
        }
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("type '" + text + "': " + why + "; valid types: " + VALID);
    }

    private IllegalArgumentException unknown(String name) {
        Set<String> known = new HashSet<>(SIMPLE.keySet());
        known.addAll(GENERIC);
        String meant =
                Similar.to(name, known).map(m -> ", did you mean '" + m + "'?").orElse("");
        return refused("there is no type '" + name + "'" + meant);
    }
}
