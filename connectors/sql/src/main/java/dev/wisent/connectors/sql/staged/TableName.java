package dev.wisent.connectors.sql.staged;

import dev.wisent.api.commit.GenerationId;

/// A table: its schema and its name, as the database has them.
public record TableName(String schema, String table) {
    /// `name` as an identifier of SQL.
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// As statements write it.
    public String sql() {
        return quoted(schema) + "." + quoted(table);
    }

    /// The table of a generation that nobody sees yet.
    public TableName hidden(GenerationId generation) {
        return new TableName(schema, table + "__wisent_g" + generation);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
