package dev.wisent.connectors.postgres.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.postgres.Wire;
import dev.wisent.connectors.sql.cursor.CursorLag;
import dev.wisent.connectors.sql.cursor.Edge;
import dev.wisent.connectors.sql.cursor.LateRows;
import dev.wisent.connectors.sql.cursor.Windows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A table whose rows may be committed late by `cursor_lag`, as its planner asks it.
record LateTable(Connection connection, Relation relation, CursorColumn cursor, ReadOptions options)
        implements LateRows.Table {
    /// @throws WisentException when the lag can't be taken from such a cursor, or rows can't be told apart
    void refuseUnfit() {
        CursorLag lag = options.late().lag().orElse(CursorLag.NONE);
        boolean fits = lag.isNone()
                || (isTime() && lag.unit() == CursorLag.Unit.TIME)
                || (isNumber() && lag.unit() == CursorLag.Unit.PLAIN);
        if (!fits) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "cursor_lag can't be taken from column '"
                                    + cursor.column().name() + "': it is " + cursor.type())
                    .hint(
                            "a number for whole numbers (cursor_lag: 1000), a time for dates and times (cursor_lag: 10m)");
        }
        if (options.late().rows().isPresent() && relation.key().isEmpty()) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            relation.from() + " has no key that lag_rows could know its rows by")
                    .hint("name the columns that identify a row: source: {primary_key: [id]}");
        }
    }

    private boolean isTime() {
        return switch (cursor.kind()) {
            case INSTANT, WALL_CLOCK, DATE -> true;
            case SEQUENCE, OTHER -> false;
        };
    }

    private boolean isNumber() {
        Wire wire = cursor.column().wire();
        return wire == Wire.INT2 || wire == Wire.INT4 || wire == Wire.INT8 || wire == Wire.NUMERIC;
    }

    /// A moment that has not come yet would have everything that comes before it taken for late.
    @Override
    public Optional<String> highest() throws SQLException {
        String name = cursor.quoted();
        String sql = "SELECT " + name + "::pg_catalog.text FROM " + relation.from() + " AS t WHERE " + name
                + " IS NOT NULL"
                + (isTime() ? " AND isfinite(" + name + ")" : "")
                + (cursor.kind() == CursorColumn.Kind.INSTANT ? " AND " + name + " <= clock_timestamp()" : "")
                + " ORDER BY " + name + " DESC LIMIT 1";
        return Sql.list(connection, sql, row -> row.getString(1)).stream().findFirst();
    }

    @Override
    public String lagging(String highest, Optional<String> since) throws SQLException {
        CursorLag lag = options.late().lag().orElse(CursorLag.NONE);
        String type = switch (cursor.kind()) {
            case INSTANT -> "timestamptz";
            case WALL_CLOCK -> "timestamp";
            case DATE -> "date";
            case SEQUENCE, OTHER -> isNumber() ? "numeric" : "text";
        };
        String less =
                lag.isNone() ? "" : isTime() ? " - interval '" + lag.amount() + " seconds'" : " - " + lag.amount();
        String value = "(" + Session.literal(highest) + "::" + type + less + ")::" + type;
        String from =
                since.map(low -> ", " + Session.literal(low) + "::" + type).orElse("");
        return Sql.one(connection, "SELECT greatest(" + value + from + ")::text", row -> row.getString(1));
    }

    /// How far a run goes that leaves what lies within the lag to a later one.
    Optional<Edge> edge() throws SQLException {
        Optional<String> highest = highest();
        return highest.isPresent()
                ? Optional.of(Edge.upTo(lagging(highest.get(), Optional.empty())))
                : Optional.empty();
    }

    @Override
    public List<List<String>> rows(Windows.Window window, int part, long limit) throws SQLException {
        List<ReadColumn> columns = by().stream().map(this::column).toList();
        SplitSpec spec = part(SplitSpec.whole(relation.from(), columns), window, part);
        int[] order = spec.orderIndexes();
        List<List<String>> rows = new ArrayList<>();
        CopyOut copy = CopyOut.of(connection, spec.select(List.of(), limit));
        while (copy.next()) {
            rows.add(Tuple.texts(copy.data(), copy.at(), order, columns));
        }
        return rows;
    }

    /// A part of a window's tail.
    SplitSpec part(SplitSpec whole, Windows.Window window, int part) {
        var tail = window.tail().orElseThrow();
        int range = window.range(part);
        boolean unique = relation.chunks() == SplitSpec.Chunks.UNIQUE;
        return whole.inOrder(unique ? SplitSpec.Chunks.UNIQUE : SplitSpec.Chunks.TIES, tail.by())
                .where(window.filter(part, cursor.quoted(), Session::literal))
                .between(tail.after(range), tail.upTo(range));
    }

    private ReadColumn column(String name) {
        return relation.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<String> by() {
        return relation.orderBehind(cursor.column().name());
    }

    /// Integers of any width print the same.
    @Override
    public String types() {
        return by().stream()
                .map(this::column)
                .map(c -> c.name() + " "
                        + switch (c.wire()) {
                            case INT2, INT4, INT8 -> "integer";
                            default -> c.type().text();
                        })
                .collect(Collectors.joining(", "));
    }

    @Override
    public Windows.Window first(Edge edge) throws SQLException {
        return WindowPlanner.first(connection, relation, options, edge, by());
    }
}
