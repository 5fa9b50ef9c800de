package dev.wisent.connectors.mysql.read;

import dev.wisent.connectors.mysql.Session;

/// A table or view, by its database and its name.
record TableName(String database, String table) {
    /// `table`, or `database.table`.
    static TableName parse(String stream, String database) {
        int dot = stream.indexOf('.');
        return dot < 0
                ? new TableName(database, stream)
                : new TableName(stream.substring(0, dot), stream.substring(dot + 1));
    }

    String sql() {
        return Session.quoted(database) + "." + Session.quoted(table);
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
