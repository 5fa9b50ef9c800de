package dev.wisent.connectors.sql.read;

import dev.wisent.columnar.DataType;
import dev.wisent.connectors.sql.cursor.Edge;
import dev.wisent.connectors.sql.cursor.LateRows;
import dev.wisent.connectors.sql.cursor.Sieve;
import dev.wisent.connectors.sql.cursor.Tail;
import dev.wisent.connectors.sql.cursor.Windows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A table whose rows may be committed late, as its planner asks it.
///
/// @param order the cursor, then the key
record LateTable(Connection in, ReadDatabase database, ReadTable table, List<OrderColumn> order, Lagging lagging)
        implements LateRows.Table {
    LateTable {
        order = List.copyOf(order);
    }

    @Override
    public Optional<String> highest() throws SQLException {
        try (var select = in.createStatement();
                var row = select.executeQuery(database.highest(table, order.getFirst()))) {
            return row.next() ? order.getFirst().values().text(row, 1) : Optional.empty();
        }
    }

    @Override
    public String lagging(String highest, Optional<String> since) {
        String value = lagging.of(highest);
        return since.isPresent() ? lagging.higher(value, since.get()) : value;
    }

    @Override
    public List<List<String>> rows(Windows.Window window, int part, long limit) throws SQLException {
        ReadTable keys = new ReadTable(table.stream(), table.from(), List.of(), table.keys(), table.order());
        Statements.Ready select =
                new Statements(keys, order, 0, "").select(KeyToken.BEGINNING, stretch(window, part, Sieve.Spec.NONE));
        List<List<String>> rows = new ArrayList<>();
        try (PreparedStatement prepared = in.prepareStatement(select.text())) {
            select.bind(prepared);
            prepared.setMaxRows(Math.toIntExact(Math.min(limit, Integer.MAX_VALUE)));
            try (ResultSet row = prepared.executeQuery()) {
                while (row.next()) {
                    rows.add(Statements.key(row, 0, order).values());
                }
            }
        }
        return rows;
    }

    /// What a part of a window is, for a reader.
    Stretch stretch(Windows.Window window, int part, Sieve.Spec sieve) {
        if (window.tail().isEmpty()) {
            return Stretch.byCursor(window.since(), window.edge(), KeyToken.BEGINNING, KeyToken.BEGINNING, sieve);
        }
        Tail tail = window.tail().get();
        Edge above = Edge.upTo(tail.above());
        int range = window.range(part);
        return range < 0
                ? Stretch.byCursor(window.since(), above, KeyToken.BEGINNING, KeyToken.BEGINNING, sieve)
                : Stretch.byCursor(
                        Optional.of(above),
                        window.edge(),
                        new KeyToken(tail.after(range)),
                        new KeyToken(tail.upTo(range)),
                        sieve);
    }

    @Override
    public List<String> by() {
        return Statements.names(order);
    }

    /// Integers of any width print the same.
    @Override
    public String types() {
        Stream<String> key = order.stream()
                .skip(1)
                .map(column -> table.columns().stream()
                        .filter(c -> c.select().equals(column.name()))
                        .findFirst()
                        .map(LateTable::type)
                        .orElse("integer"));
        return Stream.concat(Stream.of(type(lagging.column())), key).collect(Collectors.joining(", "));
    }

    private static String type(ReadColumn column) {
        return column.field().type() instanceof DataType.Int
                ? "integer"
                : column.field().type().text();
    }

    @Override
    public Windows.Window first(Edge edge) {
        return new Windows.Window(1, Optional.empty(), edge, by(), List.of());
    }
}
