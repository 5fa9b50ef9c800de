package dev.wisent.connectors.sql.staged;

import dev.wisent.columnar.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What staged rows say of each key in the end, in a temporary table of one row a key. Most keys have one row: only rows of the
/// others are put in order, which takes a sort of them for each column that some don't have.
///
/// | column | holds |
/// |---|---|
/// | those of the rows | the value |
/// | `_wisent_op` | what the row that wins does |
/// | `_wisent_lacks<i>` | but with [Says#ALL], 1: the value of column `i` is unknown |
/// | `_wisent_written` | 1: one of the rows was written |
/// | `_wisent_cursor` | the cursor of the row that wins, whatever it has of others |
/// | `_wisent_gone` | with [Says#AND_DELETES], 1: a row deleted what there was, 2: one without a cursor did |
/// | `_wisent_gone_cursor` | the highest cursor of those that did |
record LastRows(MergeDialect dialect, Optional<String> cursorField, List<String> primaryKey, Sql sql) {
    private static final String REPEATED = "_wisent_repeated";
    private static final String IS_WRITTEN = "CASE WHEN " + Merging.IS_WRITTEN + " THEN 1 ELSE 0 END";

    /// What rows have of the columns.
    enum Says {
        ALL,
        /// Not every column; a deletion says nothing but its key and its cursor.
        SOME,
        /// The same, and of what rows said before a deletion nothing is left.
        AND_DELETES
    }

    /// Makes the table `name`.
    void make(String name, Schema rows, String stage, Says says) throws SQLException {
        String keys = primaryKey.stream().map(TableName::quoted).collect(Collectors.joining(", "));
        sql.run(dialect.makeTemporary(
                REPEATED, "SELECT " + keys + " FROM " + stage + " GROUP BY " + keys + " HAVING count(*) > 1"));
        String repeated = dialect.temporary(REPEATED);
        if (sql.has("SELECT 1 FROM " + repeated + " LIMIT 1")) {
            String among = dialect.among(primaryKey, repeated);
            sql.run(dialect.makeTemporary(name, ranked(rows, stage + " AS s WHERE " + among, says)));
            sql.run("INSERT INTO " + dialect.temporary(name) + " "
                    + single(rows, stage + " AS s WHERE NOT (" + among + ")", says));
        } else {
            sql.run(dialect.makeTemporary(name, single(rows, stage + " AS s", says)));
        }
        sql.run(dialect.dropTemporary(REPEATED));
    }

    /// The rows of keys that have one.
    private String single(Schema rows, String from, Says says) {
        StringBuilder select = new StringBuilder("SELECT " + RowChanges.OP);
        for (int i = 0; i < rows.size(); i++) {
            String name = rows.field(i).name();
            select.append(", ").append(TableName.quoted(name));
            if (says != Says.ALL && !isKey(name)) {
                select.append(", ").append(lacks("", name, "s.")).append(" AS _wisent_lacks" + i);
            }
        }
        String gone = says == Says.AND_DELETES
                ? deletes("s.") + " AS _wisent_gone, "
                        + cursorField
                                .map(name -> TableName.quoted(name) + " AS _wisent_gone_cursor, ")
                                .orElse("")
                : "";
        return select + ", " + (says == Says.ALL ? "1" : IS_WRITTEN) + " AS _wisent_written, " + gone + cursor()
                + "1 AS _wisent_rank FROM " + from;
    }

    /// The row that wins of each key; a value it lacks is that of the next one that has it.
    private String ranked(Schema rows, String from, Says says) {
        return "SELECT * FROM ("
                + switch (says) {
                    case ALL -> whole(rows, from);
                    case SOME -> mixed(rows, "(SELECT s.*" + sinceDeletion() + " FROM " + from + ")", "", "");
                    case AND_DELETES ->
                        mixed(
                                rows,
                                "(SELECT r.*, max(" + deletes("r.") + ") OVER (" + ofKey() + " ORDER BY "
                                        + newest("r.") + " ROWS UNBOUNDED PRECEDING) AS _wisent_over FROM (SELECT s.*"
                                        + sinceDeletion() + " FROM " + from + ") AS r)",
                                "_wisent_over > 0 OR ",
                                gone());
                }
                + ") AS ranked WHERE _wisent_rank = 1";
    }

    private String whole(Schema rows, String from) {
        return "SELECT " + RowChanges.OP + ", " + Loading.names(rows) + ", 1 AS _wisent_written, " + cursor()
                + rank(byCursor("") + Merging.ORDER) + " FROM " + from;
    }

    /// @param over a condition: a newer row deleted what this one says
    /// @param more columns, with a comma behind each
    private String mixed(Schema rows, String from, String over, String more) {
        StringBuilder select = new StringBuilder("SELECT " + RowChanges.OP);
        for (int i = 0; i < rows.size(); i++) {
            String name = rows.field(i).name();
            String quoted = TableName.quoted(name);
            if (isKey(name)) {
                select.append(", ").append(quoted);
            } else {
                String lacks = lacks(over, name, "staged.");
                select.append(", first_value(" + quoted + ") OVER (" + ofKey() + " ORDER BY " + lacks + ", "
                        + newest("staged.")
                        + ") AS " + quoted);
                select.append(", min(" + lacks + ") OVER (" + ofKey() + ") AS _wisent_lacks" + i);
            }
        }
        return select + ", max(" + IS_WRITTEN + ") OVER (" + ofKey() + ") AS _wisent_written, " + more + cursor()
                + rank(newest("staged.")) + " FROM " + from + " AS staged";
    }

    private String gone() {
        return "max(" + deletes("staged.") + ") OVER (" + ofKey() + ") AS _wisent_gone, "
                + cursorField
                        .map(name -> "first_value(" + TableName.quoted(name) + ") OVER (" + ofKey()
                                + " ORDER BY CASE WHEN " + Merging.IS_DELETE + " THEN 0 ELSE 1 END, "
                                + dialect.highestFirst("staged." + TableName.quoted(name))
                                + ") AS _wisent_gone_cursor, ")
                        .orElse("");
    }

    /// As `_wisent_gone`, of one row.
    ///
    /// @param of what the rows are read from, with a point
    private String deletes(String of) {
        return "CASE "
                + cursorField
                        .map(name -> "WHEN " + Merging.IS_DELETE + " AND " + of + TableName.quoted(name)
                                + " IS NULL THEN 2 ")
                        .orElse("")
                + "WHEN " + Merging.IS_DELETE + " THEN 1 ELSE 0 END";
    }

    /// 1 if the row doesn't know its value. A deletion knows its cursor, if there is one.
    ///
    /// @param or a condition with OR behind it, or nothing
    /// @param of what the rows are read from, with a point
    private String lacks(String or, String name, String of) {
        return "CASE WHEN " + or
                + (cursorField.equals(Optional.of(name))
                        ? "(" + Merging.IS_DELETE + " AND " + of + TableName.quoted(name) + " IS NULL)"
                        : Merging.IS_DELETE)
                + " OR "
                + dialect.contains(RowChanges.ABSENT, Sql.literal(RowChanges.MARK + name + RowChanges.MARK))
                + " THEN 1 ELSE 0 END";
    }

    /// A deletion that says no cursor is newer than what came before it and older than what comes after it.
    private String sinceDeletion() {
        return cursorField
                .map(cursor -> ", sum(CASE WHEN " + Merging.IS_DELETE + " AND " + TableName.quoted(cursor)
                        + " IS NULL THEN 1 ELSE 0 END) OVER (" + ofKey() + " ORDER BY " + RowChanges.PART + ", "
                        + RowChanges.ROW + ") AS _wisent_since")
                .orElse(", 0 AS _wisent_since");
    }

    private String cursor() {
        return cursorField
                .map(name -> TableName.quoted(name) + " AS _wisent_cursor, ")
                .orElse("");
    }

    private String rank(String order) {
        return "row_number() OVER (" + ofKey() + " ORDER BY " + order + ") AS _wisent_rank";
    }

    /// @param of what the rows are read from, with a point
    private String newest(String of) {
        return "_wisent_since DESC, " + byCursor(of) + Merging.ORDER;
    }

    /// @param of what the rows are read from, with a point; a name alone may be that of a result
    private String byCursor(String of) {
        return cursorField
                .map(cursor -> dialect.highestFirst(of + TableName.quoted(cursor)) + ", ")
                .orElse("");
    }

    private String ofKey() {
        return "PARTITION BY " + primaryKey.stream().map(TableName::quoted).collect(Collectors.joining(", "));
    }

    private boolean isKey(String name) {
        return primaryKey.contains(name);
    }
}
