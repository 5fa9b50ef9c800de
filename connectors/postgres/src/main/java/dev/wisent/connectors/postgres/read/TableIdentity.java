package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.sql.cursor.Windows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Tells a table from one that takes its place, and from what TRUNCATE leaves of it.
///
/// @param oid the server's number of it; 0: a query
/// @param file where its rows are: TRUNCATE begins another one, and so does whatever rewrites the table; 0: a view, or it says
///     nothing
record TableIdentity(long oid, long file) {
    static TableIdentity of(Connection connection, Relation relation) throws SQLException {
        Optional<PostgresTable> table = relation.table();
        long oid = table.map(PostgresTable::oid).orElse(0L);
        boolean plain = table.filter(t -> t.kind() == 'r').isPresent();
        return new TableIdentity(
                oid,
                plain
                        ? Sql.one(
                                connection,
                                "SELECT coalesce(pg_relation_filenode(?::oid), 0)::bigint",
                                row -> row.getLong(1),
                                oid)
                        : 0);
    }

    String text() {
        return oid + " " + file;
    }

    boolean isMadeAnew(Windows.Window window) {
        return !window.table().isEmpty() && !window.table().startsWith(oid + " ");
    }

    /// What happened to the table since a window was planned.
    ///
    /// @param window the last one
    /// @return empty: nothing that shows
    Optional<String> changed(Windows.Window window, Relation relation, String cursor) {
        List<String> key = relation.key();
        if (isMadeAnew(window)) {
            return Optional.of(relation.from() + " was dropped and made anew since the last run");
        }
        if (!window.table().isEmpty() && !window.table().equals(text())) {
            return Optional.of(relation.from()
                    + " was emptied or rewritten since the last run (TRUNCATE, or VACUUM FULL, CLUSTER, ALTER TABLE)");
        }
        if (!window.by().equals(key) && !window.by().equals(relation.orderBehind(cursor))) {
            return Optional.of("the key of " + relation.from() + " was ("
                    + String.join(
                            ", ",
                            window.by().stream().filter(c -> !c.equals(cursor)).toList())
                    + ") and is (" + String.join(", ", key) + ") now");
        }
        return Optional.empty();
    }

    /// Whether there are rows that count as read, though nobody may have read them.
    static boolean hasRowsBefore(Connection connection, Windows.Window window, Relation relation, CursorColumn cursor)
            throws SQLException {
        return Sql.is(
                connection,
                "SELECT EXISTS (SELECT 1 FROM " + relation.from() + " AS t WHERE "
                        + window.edge().within(cursor.quoted(), Session::literal) + ")");
    }
}
