package dev.wisent.connectors.postgres.load;

import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.sql.staged.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/// Indexes that Wisent makes together with a table. Their names end with the table's oid, for names of indexes are one a
/// schema.
enum OwnIndex {
    /// Over what rows are merged by, so that a merge need not read the whole table.
    KEY("_wisent_key_"),
    /// Over clustering keys.
    CLUSTER("_wisent_cluster_");

    private final String prefix;

    OwnIndex(String prefix) {
        this.prefix = prefix;
    }

    /// The statement that makes it for `table`, which is there.
    String create(Connection in, TableName table, List<String> columns) throws SQLException {
        return columns.stream()
                .map(Session::quoted)
                .collect(Collectors.joining(
                        ", ",
                        "CREATE INDEX " + Session.quoted(prefix + oid(in, table)) + " ON " + table.quoted() + " (",
                        ")"));
    }

    /// The statement that drops it.
    String drop(Connection in, TableName table) throws SQLException {
        return "DROP INDEX " + new TableName(table.schema(), prefix + oid(in, table)).quoted();
    }

    /// Its columns, in order; none: it is not there.
    List<String> columns(Connection in, TableName table) throws SQLException {
        return new Sql(in)
                .texts(
                        "SELECT a.attname FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid"
                                + " CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY k (num, place)"
                                + " JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.num"
                                + " WHERE x.indrelid = ?::regclass AND i.relname = ?::text || x.indrelid::text ORDER BY k.place",
                        table.quoted(),
                        prefix);
    }

    private static long oid(Connection in, TableName table) throws SQLException {
        try (PreparedStatement select = in.prepareStatement("SELECT ?::regclass::oid")) {
            select.setString(1, table.quoted());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
