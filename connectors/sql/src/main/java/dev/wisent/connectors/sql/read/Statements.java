package dev.wisent.connectors.sql.read;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
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

    private static final OrderColumn NO_CURSOR = new OrderColumn("", "", "");

    /// A value in a statement.
    record Parameter(OrderValue values, String text) {}

    /// @param parameters of the statement, in order
    record Ready(String text, List<Parameter> parameters) {
        void bind(PreparedStatement to) throws SQLException {
            for (int i = 0; i < parameters.size(); i++) {
                parameters.get(i).values().bind(to, i + 1, parameters.get(i).text());
            }
        }
    }

    /// The key of a row.
    ///
    /// @param before so many columns stand before it
    static KeyToken key(ResultSet row, int before, List<OrderColumn> order) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            values.add(order.get(i)
                    .values()
                    .text(row, before + i + 1)
                    .orElseThrow(() -> new SQLException("a row has no value in a column it is read in the order of")));
        }
        return new KeyToken(values);
    }

    /// The columns rows are read in the order of.
    static List<String> names(List<OrderColumn> order) {
        return order.stream().map(OrderColumn::name).toList();
    }

    /// Whether a statement gives only so many rows, and the next one those behind them.
    boolean isLimited() {
        return rows > 0 && !order.isEmpty();
    }

    Ready select(KeyToken after, Stretch stretch) {
        List<String> conditions = new ArrayList<>();
        List<Parameter> parameters = new ArrayList<>();
        if (!after.values().isEmpty()) {
            conditions.add(behind(after, parameters));
        }
        OrderColumn cursor = stretch.isByCursor() ? order.getFirst() : NO_CURSOR;
        UnaryOperator<String> value = text -> {
            parameters.add(new Parameter(cursor.values(), text));
            return cursor.parameter();
        };
        stretch.since().ifPresent(edge -> conditions.add(edge.beyond(cursor.name(), value)));
        stretch.edge().ifPresent(edge -> conditions.add(edge.within(cursor.name(), value)));
        if (!stretch.upTo().values().isEmpty()) {
            conditions.add(order.getFirst().name() + " <= " + order.getFirst().parameter());
            parameters.add(new Parameter(
                    order.getFirst().values(), stretch.upTo().values().getFirst()));
            if (stretch.upTo().values().size() > 1) {
                List<Parameter> last = new ArrayList<>();
                conditions.add("NOT (" + behind(stretch.upTo(), last) + ")");
                parameters.addAll(last);
            }
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

    /// `(a, b) > (x, y)`, or of the first columns only, written out so that an index on `a` is used.
    private String behind(KeyToken after, List<Parameter> parameters) {
        List<String> ways = new ArrayList<>();
        for (int last = 0; last < after.values().size(); last++) {
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
