package dev.wisent.connectors.mysql.read;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statement that reads a split from a key on. The key's values come behind the columns.
record Select(Relation relation, SplitSpec spec) {
    /// @param after the key of the last row before; empty: from the beginning
    /// @param limit of rows; 0: all
    String text(List<String> after, long limit) {
        List<ReadColumn> order = spec.order().stream().map(relation::column).toList();
        List<String> conditions = new ArrayList<>();
        if (!spec.where().isEmpty()) {
            conditions.add(spec.where());
        }
        if (!after.isEmpty()) {
            conditions.add(behind(order, after));
        }
        String columns = Stream.concat(
                        relation.columns().stream().map(ReadColumn::select),
                        order.stream().map(column -> column.form().key(column.quoted())))
                .collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM " + relation.from() + " AS t"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + (order.isEmpty()
                        ? ""
                        : " ORDER BY " + order.stream().map(ReadColumn::quoted).collect(Collectors.joining(", ")))
                + (limit == 0 ? "" : " LIMIT " + limit);
    }

    /// `(a, b) > (x, y)`, written out so that an index on `a` is used.
    static String behind(List<ReadColumn> order, List<String> after) {
        List<String> ways = new ArrayList<>();
        for (int last = 0; last < order.size(); last++) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i <= last; i++) {
                parts.add(compared(order.get(i), i == last ? " > " : " = ", after.get(i)));
            }
            ways.add(String.join(" AND ", parts));
        }
        return order.size() == 1
                ? ways.getFirst()
                : compared(order.getFirst(), " >= ", after.getFirst()) + " AND ((" + String.join(") OR (", ways) + "))";
    }

    static String compared(ReadColumn column, String how, String value) {
        return column.quoted() + how + column.form().literal(value);
    }
}
