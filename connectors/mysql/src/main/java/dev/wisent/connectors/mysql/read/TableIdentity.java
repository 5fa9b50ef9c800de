package dev.wisent.connectors.mysql.read;

import dev.wisent.connectors.mysql.Session;
import dev.wisent.connectors.sql.cursor.Windows;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Tells a table from one that takes its place, as far as the server lets it. ALTER TABLE and OPTIMIZE TABLE may build it anew,
/// and look the same.
///
/// @param made when the server says it was made: another time when it was dropped and made anew; empty: a view or a query
/// @param drawn the next AUTO_INCREMENT: a lower one when it was emptied by TRUNCATE; empty: there is none
/// @param space InnoDB's numbers of the table and of its file: others when it was emptied by TRUNCATE, too; empty: the user may
///     not see them, or the table is not InnoDB's
record TableIdentity(String made, String space, String drawn) {
    private static final String MADE = """
            SELECT CAST(create_time AS CHAR), CAST(auto_increment AS CHAR) FROM information_schema.tables
            WHERE table_schema = ? AND table_name = ? AND table_type = 'BASE TABLE'""";

    private static final String SPACE =
            "SELECT CONCAT(table_id, '.', space) FROM information_schema.%s WHERE name = CONCAT(?, '/', ?)";

    static TableIdentity of(Connection in, Relation relation) throws SQLException {
        if (relation.table().isEmpty()) {
            return new TableIdentity("", "", "");
        }
        TableName table = relation.table().get();
        List<String> told = Asked.one(
                        in, MADE, row -> List.of(text(row, 1), text(row, 2)), table.database(), table.table())
                .orElse(List.of("", ""));
        String made = told.getFirst();
        return new TableIdentity(made, made.isEmpty() ? "" : space(in, table), told.getLast());
    }

    private static String text(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).orElse("");
    }

    private static String space(Connection in, TableName table) throws SQLException {
        String of = Session.isMariaDb(in) ? "innodb_sys_tables" : "innodb_tables";
        try {
            return Asked.one(in, SPACE.formatted(of), row -> row.getString(1), table.database(), table.table())
                    .orElse("");
        } catch (SQLException denied) {
            // it needs PROCESS, which a run with cursor_lag does without; the page says what is not noticed then
            return "";
        }
    }

    String text() {
        return made + "/" + space + "/" + drawn;
    }

    private static boolean differ(String before, String now) {
        return !before.isEmpty() && !now.isEmpty() && !before.equals(now);
    }

    private static boolean isLower(String now, String before) {
        return !now.isEmpty() && !before.isEmpty() && new BigInteger(now).compareTo(new BigInteger(before)) < 0;
    }

    /// What happened to the table since a window was planned.
    ///
    /// @param window the last one
    /// @return empty: nothing that shows
    Optional<String> changed(Windows.Window window, Relation relation, String cursor) {
        String[] before = (window.table() + "//").split("/", -1);
        if (differ(before[0], made) || differ(before[1], space) || isLower(drawn, before[2])) {
            return Optional.of(relation.from()
                    + " was emptied, made anew or rebuilt since the last run (TRUNCATE, DROP and CREATE, or ALTER TABLE,"
                    + " OPTIMIZE TABLE)");
        }
        List<String> key = relation.order();
        if (!window.by().equals(key) && !window.by().equals(relation.orderBehind(cursor))) {
            return Optional.of("the key of " + relation.from() + " was ("
                    + String.join(
                            ", ",
                            window.by().stream().filter(c -> !c.equals(cursor)).toList())
                    + ") and is (" + String.join(", ", key) + ") now");
        }
        return Optional.empty();
    }
}
