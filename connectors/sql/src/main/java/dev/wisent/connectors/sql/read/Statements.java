package dev.wisent.connectors.sql.read;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The SELECT that reads a table from a key on.
///
/// @param order the cursor first, in an incremental run
record Statements(ReadTable table, List<OrderColumn> order, int rows) {
    Statements {
        order = List.copyOf(order);
    }

    /// @param parameters of the statement, in order
    record Ready(String text, List<String> parameters) {}

    Ready select(KeyToken after, Window window) {
        List<String> conditions = new ArrayList<>();
        List<String> parameters = new ArrayList<>();
        if (!after.values().isEmpty()) {
            conditions.add(behind(after, parameters));
        }
        if (!window.isAll()) {
            OrderColumn cursor = order.getFirst();
            conditions.add(cursor.name() + " <= " + cursor.parameter());
            parameters.add(window.upTo());
        }
        String columns = Stream.concat(
                        table.columns().stream().map(ReadColumn::select),
                        order.stream().map(OrderColumn::text))
                .collect(Collectors.joining(", "));
        String text = "SELECT " + columns + " FROM " + table.from()
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + (order.isEmpty()
                        ? ""
                        : " ORDER BY " + order.stream().map(OrderColumn::name).collect(Collectors.joining(", ")))
                + (rows == 0 || order.isEmpty() ? "" : " LIMIT " + rows);
        return new Ready(text, parameters);
    }

    /// `(a, b) > (x, y)`, written out so that an index on `a` is used.
    private String behind(KeyToken after, List<String> parameters) {
        List<String> ways = new ArrayList<>();
        for (int last = 0; last < order.size(); last++) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i <= last; i++) {
                OrderColumn column = order.get(i);
                parts.add(column.name() + (i == last ? " > " : " = ") + column.parameter());
                parameters.add(after.values().get(i));
            }
            ways.add("(" + String.join(" AND ", parts) + ")");
        }
        String first = order.getFirst().name() + " >= " + order.getFirst().parameter();
        parameters.addFirst(after.values().getFirst());
        return first + " AND (" + String.join(" OR ", ways) + ")";
    }
}
