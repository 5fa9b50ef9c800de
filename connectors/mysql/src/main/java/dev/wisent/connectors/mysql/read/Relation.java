package dev.wisent.connectors.mysql.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a stream reads: a table, a view, or a query, as it is now.
///
/// @param from as a statement names it
/// @param table empty: a query
/// @param keys the columns that identify a row, for people and for merges
/// @param order the columns rows are read by, no two rows having the same values; empty: it can't be resumed
/// @param bytes of the table, about; 0: not known
/// @param rows of the table, about; 0: not known
record Relation(
        String from,
        Optional<TableName> table,
        List<ReadColumn> columns,
        List<String> keys,
        List<String> order,
        long bytes,
        long rows) {
    Relation {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        order = List.copyOf(order);
    }

    Schema schema() {
        return Schema.of(columns.stream().map(ReadColumn::field).toList());
    }

    /// The cursor, then what tells rows of the same cursor apart.
    List<String> orderBehind(String cursor) {
        List<String> by = new ArrayList<>(List.of(cursor));
        order.stream().filter(name -> !by.contains(name)).forEach(by::add);
        return by;
    }

    /// The same, less these columns.
    Relation without(Set<String> unread) {
        return new Relation(
                from,
                table,
                columns.stream()
                        .filter(c -> !unread.contains(c.name()) || order.contains(c.name()))
                        .toList(),
                keys,
                order,
                bytes,
                rows);
    }

    List<String> names() {
        return columns.stream().map(ReadColumn::name).toList();
    }

    /// @throws WisentException when there is none
    ReadColumn column(String name) {
        return columns.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.SOURCE_FAILED, "there is no column '" + name + "' in " + from)
                        .hint("its columns are " + String.join(", ", names())));
    }
}
