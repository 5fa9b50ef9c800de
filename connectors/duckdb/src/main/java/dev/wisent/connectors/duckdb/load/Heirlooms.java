package dev.wisent.connectors.duckdb.load;

import dev.wisent.connectors.sql.staged.Sql;
import dev.wisent.connectors.sql.staged.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What people gave a table, which the one that takes its place gets: comments and indexes.
///
/// @param comment of the table
/// @param columns comments by column; one that comes with the rows takes their place
/// @param indexes the statements that made them
record Heirlooms(String comment, Map<String, String> columns, List<String> indexes) {
    private static final String OF_TABLE =
            " WHERE database_name = current_database() AND schema_name = ? AND lower(table_name) = lower(?)";

    static Heirlooms of(Connection in, TableName table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (PreparedStatement select = in.prepareStatement(
                "SELECT column_name, comment FROM duckdb_columns()" + OF_TABLE + " AND comment IS NOT NULL")) {
            select.setString(1, table.schema());
            select.setString(2, table.table());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        List<String> indexes = new Sql(in)
                .texts(
                        "SELECT sql FROM duckdb_indexes()" + OF_TABLE + " AND sql IS NOT NULL",
                        table.schema(),
                        table.table());
        return new Heirlooms(DuckDbDatabase.comment(in, table), columns, indexes);
    }

    void give(Connection in, TableName to, List<String> has) throws SQLException {
        Sql sql = new Sql(in);
        String comment = Marks.moved(this.comment, DuckDbDatabase.comment(in, to));
        sql.run("COMMENT ON TABLE " + to.sql() + " IS " + Sql.literal(comment));
        Map<String, String> own = Heirlooms.of(in, to).columns();
        for (Map.Entry<String, String> column : columns.entrySet()) {
            if (has.contains(column.getKey()) && !own.containsKey(column.getKey())) {
                sql.run("COMMENT ON COLUMN " + to.sql() + "." + TableName.quoted(column.getKey()) + " IS "
                        + Sql.literal(column.getValue()));
            }
        }
        for (String index : indexes) {
            sql.run(index);
        }
    }
}
