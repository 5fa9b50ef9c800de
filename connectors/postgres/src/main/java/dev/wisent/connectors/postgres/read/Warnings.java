package dev.wisent.connectors.postgres.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What people should know of a relation that is read without failing.
final class Warnings {
    private Warnings() {}

    static List<String> of(Connection connection, Relation relation) throws SQLException {
        List<String> warnings = new ArrayList<>();
        if (relation.table().isPresent()
                && Sql.is(
                        connection,
                        "SELECT row_security_active(?::oid)",
                        relation.table().get().oid())) {
            warnings.add("row security hides rows of " + relation.from() + " from this user: they are not read");
        }
        return warnings;
    }

    /// Of rows that are committed late, where the frontier does not hold them; empty: it does, or a lag was given.
    static Optional<String> ofLateRows(CursorColumn cursor, ReadOptions options) {
        String name = cursor.column().name();
        if (options.late().lag().isPresent()) {
            return Optional.empty();
        }
        if (options.frontier() == ReadOptions.Frontier.NONE) {
            return Optional.of("frontier: none: rows that are committed with a '" + name
                    + "' before the highest one read are lost");
        }
        return cursor.isMadeByServer()
                ? Optional.empty()
                : Optional.of("no default and no trigger gives '" + name
                        + "' its value: rows whose writers set it to a moment before their transaction are lost");
    }

    static List<String> ofCursor(Connection connection, Relation relation, CursorColumn cursor, ReadOptions options)
            throws SQLException {
        List<String> warnings = new ArrayList<>();
        String name = cursor.column().name();
        if (options.late().lag().isPresent()) {
            warnings.add(options.late().loss(name));
        }
        ofLateRows(cursor, options).ifPresent(warnings::add);
        if (cursor.kind() == CursorColumn.Kind.INSTANT
                && options.frontier() != ReadOptions.Frontier.NONE
                && Sql.is(
                        connection,
                        "SELECT EXISTS (SELECT 1 FROM " + relation.from() + " AS t WHERE " + cursor.quoted()
                                + " > clock_timestamp() + interval '1 minute')")) {
            warnings.add("rows whose '" + name + "' lies in the future are not read until then");
        }
        if (!cursor.hasIndex() && relation.table().filter(t -> t.kind() == 'r').isPresent()) {
            warnings.add("no index begins with '" + name + "', so each statement looks at the whole table: "
                    + cursor.index(relation));
        }
        if (cursor.isNullable()
                && Sql.is(
                        connection,
                        "SELECT EXISTS (SELECT 1 FROM " + relation.from() + " AS t WHERE " + cursor.quoted()
                                + " IS NULL)")) {
            warnings.add("rows without a value in '" + name + "' are not read");
        }
        return warnings;
    }
}
