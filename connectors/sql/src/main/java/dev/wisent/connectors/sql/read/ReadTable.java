package dev.wisent.connectors.sql.read;

import dev.wisent.api.StreamId;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.Set;

/// A table, or a query, as a stream.
///
/// @param from what a SELECT names
/// @param keys the columns that identify a row, for people and for merges
/// @param order what rows are read by; none: it can't be resumed
/// @param version another one says that values of `order` may belong to other rows than before; empty: they never do
public record ReadTable(
        StreamId stream,
        String from,
        List<ReadColumn> columns,
        List<String> keys,
        List<OrderColumn> order,
        String version) {
    public ReadTable(
            StreamId stream, String from, List<ReadColumn> columns, List<String> keys, List<OrderColumn> order) {
        this(stream, from, columns, keys, order, "");
    }

    public ReadTable {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        order = List.copyOf(order);
    }

    /// The same, less these columns.
    ReadTable without(Set<String> names) {
        return new ReadTable(
                stream,
                from,
                columns.stream().filter(c -> !names.contains(c.field().name())).toList(),
                keys,
                order,
                version);
    }

    Schema schema() {
        return Schema.of(columns.stream().map(ReadColumn::field).toList());
    }
}
