package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.sql.cursor.Edge;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How far the next window of a cursor may go.
///
/// @param warnings gets what holds it back
record EdgeFinder(
        Connection connection, Relation relation, CursorColumn cursor, ReadOptions options, List<String> warnings) {
    /// A sequence says nothing of the numbers that open transactions have drawn, so they are waited for.
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// A transaction that is open for so long is worth a word.
    private static final Duration LONG = Duration.ofSeconds(60);

    /// @return empty: there is nothing that is final
    Optional<Edge> find() throws SQLException {
        if (options.late().lag().isPresent()) {
            return new LateTable(connection, relation, cursor, options).edge();
        }
        if (options.frontier() == ReadOptions.Frontier.NONE) {
            return visible();
        }
        return cursor.kind() == CursorColumn.Kind.SEQUENCE ? drawn() : clocked();
    }

    private Optional<Edge> visible() throws SQLException {
        String sql = "SELECT " + cursor.quoted() + "::pg_catalog.text FROM " + relation.from() + " AS t WHERE "
                + cursor.quoted() + " IS NOT NULL ORDER BY " + cursor.quoted() + " DESC LIMIT 1";
        return Sql.list(connection, sql, row -> row.getString(1)).stream()
                .findFirst()
                .map(Edge::upTo);
    }

    private Optional<Edge> clocked() throws SQLException {
        long now = Transactions.now(connection);
        Frontier frontier = Transactions.frontier(connection, relation, now);
        long behind = now - frontier.micros().orElse(now);
        if (frontier.micros().isEmpty() || behind > TimeUnit.MICROSECONDS.convert(LONG)) {
            warnings.add("nothing is read that came after an open transaction began: " + frontier.held());
        }
        return frontier.micros().isPresent()
                ? Optional.of(Edge.below(cursor.valueAt(frontier.micros().getAsLong(), options)))
                : Optional.empty();
    }

    /// Numbers up to the last one drawn are final when the transactions that may have drawn them have ended.
    private Optional<Edge> drawn() throws SQLException {
        Optional<Long> last = cursor.lastDrawn(connection);
        long then = Transactions.now(connection);
        long end = System.nanoTime() + PATIENCE.toNanos();
        Frontier frontier = Transactions.frontier(connection, relation, then);
        while (!frontier.isAfter(then) && frontier.micros().isPresent() && System.nanoTime() < end) {
            frontier = Transactions.frontier(connection, relation, then);
        }
        if (!frontier.isAfter(then)) {
            warnings.add("nothing new is read while a transaction is open that may have drawn numbers of '"
                    + cursor.column().name() + "': " + frontier.held());
            return Optional.empty();
        }
        return last.map(number -> Edge.upTo(String.valueOf(number)));
    }
}
