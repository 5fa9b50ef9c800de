package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Our types as DuckDB spells them, and back.
final class DuckTypes {
    /// Decimals of at most so many digits are in 2, 4, 8 bytes, others in 16.
    static final int SHORT_DIGITS = 4;

    static final int INT_DIGITS = 9;
    static final int LONG_DIGITS = 18;
    private static final String TEXT = "VARCHAR";

    private DuckTypes() {}

    static String name(DataType type) {
        return spelled(type, DuckTypes::leaf);
    }

    /// The type with texts for all that is no struct, list or map: how nested values travel.
    static String texts(DataType type) {
        return spelled(type, leaf -> TEXT);
    }

    /// Whether DuckDB can hold such values: it knows no struct without fields, and no two names that differ in case only. Keys
    /// of maps travel as texts.
    static boolean canHold(DataType type) {
        return switch (type) {
            case DataType.Struct(List<Field> fields) -> {
                Set<String> names = new HashSet<>();
                yield !fields.isEmpty()
                        && fields.stream()
                                .allMatch(f -> names.add(f.name().toLowerCase(Locale.ROOT)) && canHold(f.type()));
            }
            case DataType.ListOf(DataType element) -> canHold(element);
            case DataType.MapOf(DataType key, DataType value) -> !isNested(key) && canHold(value);
            default -> true;
        };
    }

    static boolean isNested(DataType type) {
        return type instanceof DataType.Struct || type instanceof DataType.ListOf || type instanceof DataType.MapOf;
    }

    private static String spelled(DataType type, Function<DataType, String> leaf) {
        return switch (type) {
            case DataType.Struct(List<Field> fields) ->
                fields.stream()
                        .map(f -> Session.quoted(f.name()) + " " + spelled(f.type(), leaf))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
            case DataType.ListOf(DataType element) -> spelled(element, leaf) + "[]";
            case DataType.MapOf(DataType key, DataType value) ->
                "MAP(" + spelled(key, leaf) + ", " + spelled(value, leaf) + ")";
            default -> leaf.apply(type);
        };
    }

    private static String leaf(DataType type) {
        return switch (type) {
            case DataType.Bool() -> "BOOLEAN";
            case DataType.Int(int bits) ->
                switch (bits) {
                    case 8 -> "TINYINT";
                    case 16 -> "SMALLINT";
                    case 32 -> "INTEGER";
                    default -> "BIGINT";
                };
            case DataType.Float(int bits) -> bits == 32 ? "FLOAT" : "DOUBLE";
            case DataType.Decimal(int p, int s) -> "DECIMAL(" + p + "," + s + ")";
            case DataType.Text() -> TEXT;
            case DataType.Binary() -> "BLOB";
            case DataType.Date() -> "DATE";
            case DataType.Time() -> "TIME";
            case DataType.Timestamp() -> "TIMESTAMP WITH TIME ZONE";
            case DataType.TimestampNtz() -> "TIMESTAMP";
            case DataType.Uuid() -> "UUID";
            case DataType.Json() -> "JSON";
            case DataType.Struct s -> throw new IllegalArgumentException(s.text());
            case DataType.ListOf l -> throw new IllegalArgumentException(l.text());
            case DataType.MapOf m -> throw new IllegalArgumentException(m.text());
        };
    }

    /// The type of ours that holds every value of `type`; empty when there is none.
    static Optional<DataType> back(DuckType type) {
        return switch (type.name()) {
            case "BOOLEAN" -> Optional.of(DataType.BOOL);
            case "TINYINT" -> Optional.of(DataType.INT8);
            case "SMALLINT", "UTINYINT" -> Optional.of(DataType.INT16);
            case "INTEGER", "USMALLINT" -> Optional.of(DataType.INT32);
            case "BIGINT", "UINTEGER" -> Optional.of(DataType.INT64);
            case "UBIGINT" -> Optional.of(new DataType.Decimal(20, 0));
            case "HUGEINT" -> Optional.of(new DataType.Decimal(DataType.MAX_DECIMAL, 0));
            case "FLOAT" -> Optional.of(DataType.FLOAT32);
            case "DOUBLE" -> Optional.of(DataType.FLOAT64);
            case "DECIMAL" ->
                Optional.of(new DataType.Decimal(
                        type.numbers().getFirst(), type.numbers().getLast()));
            case "VARCHAR", "ENUM" -> Optional.of(DataType.STRING);
            case "BLOB" -> Optional.of(DataType.BINARY);
            case "DATE" -> Optional.of(DataType.DATE);
            case "TIME" -> Optional.of(DataType.TIME);
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS" -> Optional.of(DataType.TIMESTAMP_NTZ);
            case "TIMESTAMP WITH TIME ZONE" -> Optional.of(DataType.TIMESTAMP);
            case "UUID" -> Optional.of(DataType.UUID);
            case "JSON" -> Optional.of(DataType.JSON);
            case "LIST" -> back(type.parts().getFirst()).map(DataType.ListOf::new);
            case "MAP" ->
                back(type.parts().getFirst())
                        .filter(key -> !isNested(key))
                        .flatMap(key -> back(type.parts().getLast()).map(value -> new DataType.MapOf(key, value)));
            case "STRUCT" -> struct(type);
            default -> Optional.empty();
        };
    }

    private static Optional<DataType> struct(DuckType type) {
        List<Field> fields = new java.util.ArrayList<>();
        for (int i = 0; i < type.parts().size(); i++) {
            Optional<DataType> part = back(type.parts().get(i));
            if (part.isEmpty() || type.fields().get(i).isEmpty()) {
                return Optional.empty();
            }
            fields.add(Field.nullable(type.fields().get(i), part.get()));
        }
        return Optional.of(new DataType.Struct(fields));
    }
}
