package dev.wisent.connectors.mysql.read;

import dev.wisent.connectors.sql.cursor.CursorLag;
import dev.wisent.connectors.sql.cursor.Edge;
import dev.wisent.connectors.sql.cursor.LateRows;
import dev.wisent.connectors.sql.cursor.Tail;
import dev.wisent.connectors.sql.cursor.Windows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A table whose rows may be committed late by `cursor_lag`, as its planner asks it.
record LateTable(Connection in, Relation relation, CursorColumn cursor, ReadOptions options) implements LateRows.Table {
    @Override
    public Optional<String> highest() throws SQLException {
        return cursor.highest(in, relation, CursorLag.NONE);
    }

    @Override
    public String lagging(String highest, Optional<String> since) throws SQLException {
        String value = cursor.lagging(
                cursor.column().form().literal(highest), options.lag().orElse(CursorLag.NONE));
        String low =
                since.isPresent() ? cursor.lagging(cursor.column().form().literal(since.get()), CursorLag.NONE) : value;
        return Asked.one(
                        in,
                        "SELECT CAST(GREATEST(" + value + ", " + low + ") AS CHAR)",
                        row -> Optional.ofNullable(row.getString(1)))
                .flatMap(found -> found)
                .orElse(highest);
    }

    @Override
    public List<List<String>> rows(Windows.Window window, int part, long limit) throws SQLException {
        SplitSpec spec = part(window, part);
        List<ReadColumn> order = spec.order().stream().map(relation::column).toList();
        String select = "SELECT "
                + order.stream().map(c -> c.form().key(c.quoted())).collect(Collectors.joining(", ")) + " FROM "
                + relation.from() + " AS t WHERE " + spec.where() + " ORDER BY "
                + order.stream().map(ReadColumn::quoted).collect(Collectors.joining(", "))
                + (limit == Long.MAX_VALUE ? "" : " LIMIT " + limit);
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = in.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(select)) {
                while (row.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= order.size(); i++) {
                        values.add(row.getString(i));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    /// A part of a window's tail.
    SplitSpec part(Windows.Window window, int part) {
        Tail tail = window.tail().orElseThrow();
        List<ReadColumn> order = tail.by().stream().map(relation::column).toList();
        List<String> conditions = new ArrayList<>();
        conditions.add(window.filter(part, cursor.quoted(), cursor.column().form()::literal));
        List<String> after = tail.after(window.range(part));
        List<String> upTo = tail.upTo(window.range(part));
        if (!after.isEmpty()) {
            conditions.add(Select.behind(order, after));
        }
        if (!upTo.isEmpty()) {
            conditions.add("NOT (" + Select.behind(order, upTo) + ")");
        }
        return new SplitSpec(String.join(" AND ", conditions), tail.by(), 0, "", "");
    }

    @Override
    public List<String> by() {
        return relation.orderBehind(cursor.column().name());
    }

    /// Integers of any width print the same.
    @Override
    public String types() {
        return by().stream()
                .map(relation::column)
                .map(c -> c.name() + " "
                        + (c.form() == Form.WHOLE ? "integer" : c.wisentType().text()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public Windows.Window first(Edge edge) throws SQLException {
        List<List<String>> bounds = KeyRanges.of(in, relation, options).bounds().stream()
                .map(List::of)
                .toList();
        return new Windows.Window(1, Optional.empty(), edge, relation.order(), bounds);
    }
}
