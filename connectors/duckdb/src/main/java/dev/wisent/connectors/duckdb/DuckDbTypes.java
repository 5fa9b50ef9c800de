package dev.wisent.connectors.duckdb;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.connectors.sql.staged.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Wisent's types as DuckDB spells them.
public final class DuckDbTypes {
    private DuckDbTypes() {}

    public static String name(DataType type) {
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
            case DataType.Text() -> "VARCHAR";
            case DataType.Binary() -> "BLOB";
            case DataType.Date() -> "DATE";
            case DataType.Time() -> "TIME";
            case DataType.Timestamp() -> "TIMESTAMP WITH TIME ZONE";
            case DataType.TimestampNtz() -> "TIMESTAMP";
            case DataType.Uuid() -> "UUID";
            case DataType.Json() -> "JSON";
            case DataType.Struct(List<Field> fields) ->
                fields.stream()
                        .map(f -> TableName.quoted(f.name()) + " " + name(f.type()))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
            case DataType.ListOf(DataType element) -> name(element) + "[]";
            case DataType.MapOf(DataType key, DataType value) -> "MAP(" + name(key) + ", " + name(value) + ")";
        };
    }

    /// Whether DuckDB can hold such values: it knows no struct without fields, and no two names that differ by case alone.
    public static boolean canHold(DataType type) {
        return switch (type) {
            case DataType.Struct(List<Field> fields) ->
                !fields.isEmpty() && differ(fields) && fields.stream().allMatch(f -> canHold(f.type()));
            case DataType.ListOf(DataType element) -> canHold(element);
            case DataType.MapOf(DataType key, DataType value) -> canHold(key) && canHold(value);
            default -> true;
        };
    }

    /// Whether no two names are the same but for their case.
    public static boolean differ(List<Field> fields) {
        Set<String> names = new HashSet<>();
        return fields.stream().allMatch(f -> names.add(f.name().toLowerCase(Locale.ROOT)));
    }

    static boolean isNested(DataType type) {
        return type instanceof DataType.Struct || type instanceof DataType.ListOf || type instanceof DataType.MapOf;
    }
}
