package dev.wisent.connectors.sql.read;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The SELECT that reads a table from a key on.
///
/// @param order the cursor first, in an incremental run
/// @param limit what ends a statement that gives `rows` rows
record Statements(ReadTable table, List<OrderColumn> order, int rows, String limit) {
    Statements {
        order = List.copyOf(order);
    }

    /// A value in a statement.
    record Parameter(OrderValue values, String text) {}

    /// @param parameters of the statement, in order
    record Ready(String text, List<Parameter> parameters) {}

    /// Whether a statement gives only so many rows, and the next one those behind them.
    boolean isLimited() {
        return rows > 0 && !order.isEmpty();
    }

    Ready select(KeyToken after, Window window) {
        List<String> conditions = new ArrayList<>();
        List<Parameter> parameters = new ArrayList<>();
        if (!after.values().isEmpty()) {
            conditions.add(behind(after, parameters));
        }
        if (!window.isAll()) {
            OrderColumn cursor = order.getFirst();
            conditions.add(cursor.name() + " <= " + cursor.parameter());
            parameters.add(new Parameter(cursor.values(), window.upTo()));
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
                + (isLimited() ? limit : "");
        return new Ready(text, parameters);
    }

    /// `(a, b) > (x, y)`, written out so that an index on `a` is used.
    private String behind(KeyToken after, List<Parameter> parameters) {
        List<String> ways = new ArrayList<>();
        for (int last = 0; last < order.size(); last++) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i <= last; i++) {
                OrderColumn column = order.get(i);
                parts.add(column.name() + (i == last ? " > " : " = ") + column.parameter());
                parameters.add(new Parameter(column.values(), after.values().get(i)));
            }
            ways.add("(" + String.join(" AND ", parts) + ")");
        }
        String first = order.getFirst().name() + " >= " + order.getFirst().parameter();
        parameters.addFirst(
                new Parameter(order.getFirst().values(), after.values().getFirst()));
        return first + " AND (" + String.join(" OR ", ways) + ")";
    }
}
