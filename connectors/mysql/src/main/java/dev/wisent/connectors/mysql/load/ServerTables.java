package dev.wisent.connectors.mysql.load;

import dev.wisent.connectors.sql.staged.Sql;
import dev.wisent.connectors.sql.staged.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the server says of tables that are written.
record ServerTables(Connection in) {
    private static final Pattern MARK = Pattern.compile("Loaded by Wisent \\[(wisent-[0-9a-f-]{36})\\]");

    private List<String> texts(String query, TableName table) throws SQLException {
        return new Sql(in).texts(query, table.schema(), table.table());
    }

    boolean has(TableName table) throws SQLException {
        return !texts(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
                        table)
                .isEmpty();
    }

    List<String> columns(TableName table) throws SQLException {
        return texts(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
                        + " ORDER BY ordinal_position",
                table);
    }

    /// The type of a column without what stands behind it: `decimal(9,2)`, `longtext`; empty: there is none.
    Optional<String> type(TableName table, String column) throws SQLException {
        return new Sql(in)
                        .texts(
                                "SELECT column_type FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
                                        + " AND column_name = ?",
                                table.schema(),
                                table.table(),
                                column)
                        .stream()
                        .findFirst();
    }

    static String comment(String mark) {
        return "Loaded by Wisent [" + mark + "]";
    }

    Optional<String> mark(TableName table) throws SQLException {
        Matcher mark = MARK.matcher(String.join(
                "",
                texts(
                        "SELECT table_comment FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
                        table)));
        return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
    }

    boolean isEmpty(TableName table) throws SQLException {
        return !new Sql(in).has("SELECT 1 FROM " + table.sql() + " LIMIT 1");
    }

    /// The names of its indexes but the primary key.
    List<String> indexes(TableName table) throws SQLException {
        return texts(
                "SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema = ? AND table_name = ?"
                        + " AND index_name <> 'PRIMARY' ORDER BY index_name",
                table);
    }

    boolean isUnique(TableName table, String index) throws SQLException {
        return new Sql(in)
                .texts(
                        "SELECT DISTINCT non_unique FROM information_schema.statistics WHERE table_schema = ? AND"
                                + " table_name = ? AND index_name = ?",
                        table.schema(),
                        table.table(),
                        index)
                .equals(List.of("0"));
    }

    /// The columns of an index, in order.
    List<String> indexed(TableName table, String index) throws SQLException {
        return new Sql(in)
                .texts(
                        "SELECT column_name FROM information_schema.statistics WHERE table_schema = ? AND table_name = ?"
                                + " AND index_name = ? ORDER BY seq_in_index",
                        table.schema(),
                        table.table(),
                        index);
    }

    /// What would not go on with a table that takes another one's place: triggers of it, foreign keys to it or of it.
    List<String> dependents(TableName table) throws SQLException {
        return new Sql(in)
                .texts(
                        "SELECT CONCAT('trigger ', trigger_name) FROM information_schema.triggers"
                                + " WHERE event_object_schema = ? AND event_object_table = ?"
                                + " UNION ALL SELECT CONCAT('foreign key ', constraint_name)"
                                + " FROM information_schema.referential_constraints"
                                + " WHERE (unique_constraint_schema = ? AND referenced_table_name = ?)"
                                + " OR (constraint_schema = ? AND table_name = ?)",
                        table.schema(),
                        table.table(),
                        table.schema(),
                        table.table(),
                        table.schema(),
                        table.table());
    }

    /// Tables of this schema whose names begin so.
    List<String> startingWith(String schema, String beginning) throws SQLException {
        return new Sql(in)
                .texts(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = ?"
                                + " AND LEFT(table_name, CHAR_LENGTH(?)) = ?",
                        schema,
                        beginning,
                        beginning);
    }
}
