package dev.wisent.connectors.sql.staged;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.Key;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The columns that rows of targets are looked up by: an index is kept over them, or rows are written in their order.
///
/// @param own those of single targets
/// @param others those of all others; empty: none
public record ClusterKeys(Map<TargetId, List<String>> own, List<String> others) {
    public static final Key<List<String>> KEY = Key.texts("clustering_keys")
            .about(
                    "the columns rows are looked up by: tables that Wisent makes get an index over them, in `duckdb` the rows of a"
                            + " commit are written in their order")
            .orEmpty();

    public static final ClusterKeys NONE = new ClusterKeys(Map.of(), List.of());

    public ClusterKeys {
        own = Map.copyOf(own);
        others = List.copyOf(others);
    }

    /// Of one target; empty: none. Elements of lists are looked up by their list.
    ///
    /// @param columns of its table
    public List<String> of(TargetId target, Schema columns) {
        return own.getOrDefault(target, ChildTables.isChild(columns) ? List.of(ChildTables.PARENT_ID) : others);
    }

    /// Refuses keys of a table that are none of its columns, or that have no order.
    ///
    /// @param columns of the table
    /// @param place where it is, for messages
    public static void check(List<String> keys, Schema columns, TableName table, String place) {
        for (String key : keys) {
            OptionalInt at = columns.indexOf(key);
            if (at.isEmpty()) {
                throw refused("table " + table + " has no column '" + key + "', which clustering_keys name", place);
            }
            DataType type = columns.field(at.getAsInt()).type();
            if (!isOrdered(type)) {
                throw refused(
                        "column '" + key + "' of table " + table + " is " + type.text()
                                + ", which has no order: it can't be one of clustering_keys",
                        place);
            }
        }
    }

    private static boolean isOrdered(DataType type) {
        return !(type instanceof DataType.Json
                || type instanceof DataType.Struct
                || type instanceof DataType.ListOf
                || type instanceof DataType.MapOf);
    }

    private static WisentException refused(String why, String place) {
        return WisentException.of(ErrorCode.SCHEMA_REFUSED, why)
                .where(place)
                .hint("name columns as they are written, or leave clustering_keys out");
    }
}
