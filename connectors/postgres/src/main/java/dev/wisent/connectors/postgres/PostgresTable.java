package dev.wisent.connectors.postgres;

import dev.wisent.api.source.StreamInfo.Rights;
import dev.wisent.columnar.Nullability;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table or view as the server's catalog has it now.
///
/// @param oid the server's number of it: a table that is dropped and made again has another one
/// @param kind `pg_class.relkind`: r table, p partitioned, v view, m materialized view, f foreign
/// @param columns in order, without dropped ones
/// @param primaryKey its columns, in the key's order; empty: none
/// @param estimatedRows as of the last ANALYZE; -1: never counted
/// @param rights what the role may select of it
public record PostgresTable(
        long oid,
        String schema,
        String name,
        char kind,
        List<PostgresColumn> columns,
        List<String> primaryKey,
        long estimatedRows,
        Rights rights) {
    /// Domains are followed to what they are made of; in `array`, `e` describes the elements.
    private static final String COLUMNS = """
            WITH RECURSIVE base (rel, num, typ, mod) AS (
              SELECT a.attrelid, a.attnum, a.atttypid, a.atttypmod FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = ANY (?) AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL
              SELECT b.rel, b.num, t.typbasetype, t.typtypmod FROM base b
              JOIN pg_catalog.pg_type t ON t.oid = b.typ WHERE t.typtype = 'd')
            SELECT a.attrelid, a.attname, a.attnotnull, a.attndims, pg_catalog.format_type(a.atttypid, a.atttypmod) AS spelled,
                   b.mod, t.typname, t.typtype, t.typcategory = 'A' AND t.typelem <> 0 AS is_array,
                   e.typname AS element, e.typtype AS element_type, e.typnamespace = n.oid AS element_builtin,
                   t.typnamespace = n.oid AS builtin,
                   pg_catalog.col_description(a.attrelid, a.attnum) AS comment,
                   (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d
                    WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated = '') AS standard
            FROM base b
            JOIN pg_catalog.pg_type t ON t.oid = b.typ AND t.typtype <> 'd'
            JOIN pg_catalog.pg_attribute a ON a.attrelid = b.rel AND a.attnum = b.num
            JOIN pg_catalog.pg_namespace n ON n.nspname = 'pg_catalog'
            LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
            ORDER BY a.attrelid, a.attnum""";

    private static final String TABLE = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.reltuples::bigint,
                   ARRAY(SELECT a.attname::text FROM pg_catalog.pg_index i
                         CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k (num, place)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num
                         WHERE i.indrelid = c.oid AND i.indisprimary AND k.place <= i.indnkeyatts
                         ORDER BY k.place),
                   CASE WHEN NOT has_schema_privilege(n.oid, 'USAGE') THEN 'NONE'
                        WHEN has_table_privilege(c.oid, 'SELECT') THEN 'ALL'
                        WHEN has_any_column_privilege(c.oid, 'SELECT') THEN 'SOME'
                        ELSE 'NONE' END
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')""";

    public PostgresTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    private static final String NAMED = " AND n.nspname = ? AND c.relname = ?";
    /// Partitions are read through their table.
    private static final String ALL = """
             AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND NOT c.relispartition
             AND has_schema_privilege(n.oid, 'USAGE') ORDER BY n.nspname, c.relname""";

    /// The table or view of that name; empty: there is none, or the role may not see its schema.
    public static Optional<PostgresTable> find(Connection connection, String schema, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLE + NAMED)) {
            statement.setString(1, schema);
            statement.setString(2, name);
            return described(connection, statement, 1).stream().findFirst();
        }
    }

    /// The tables and views of the database that the role can see, but for the server's own and for partitions, by their names.
    ///
    /// @param columnsOf how many of them are told with their columns; the others have none
    public static List<PostgresTable> all(Connection connection, int columnsOf) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLE + ALL)) {
            return described(connection, statement, columnsOf);
        }
    }

    private static List<PostgresTable> described(Connection connection, PreparedStatement statement, int columnsOf)
            throws SQLException {
        List<PostgresTable> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new PostgresTable(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4).charAt(0),
                        List.of(),
                        Arrays.asList((String[]) row.getArray(6).getArray()),
                        row.getLong(5),
                        Rights.valueOf(row.getString(7))));
            }
        }
        Map<Long, List<PostgresColumn>> columns = columns(
                connection,
                found.stream().limit(columnsOf).map(PostgresTable::oid).toArray(Long[]::new));
        return found.stream()
                .map(table -> table.with(columns.getOrDefault(table.oid, List.of())))
                .toList();
    }

    private PostgresTable with(List<PostgresColumn> known) {
        return new PostgresTable(oid, schema, name, kind, known, primaryKey, estimatedRows, rights);
    }

    private static Map<Long, List<PostgresColumn>> columns(Connection connection, Long[] oids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setArray(1, connection.createArrayOf("oid", oids));
            Map<Long, List<PostgresColumn>> columns = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.computeIfAbsent(row.getLong("attrelid"), oid -> new ArrayList<>())
                            .add(new PostgresColumn(
                                    row.getString("attname"),
                                    type(row),
                                    row.getBoolean("attnotnull") ? Nullability.REQUIRED : Nullability.NULLABLE,
                                    Optional.ofNullable(row.getString("comment"))
                                            .orElse(""),
                                    Optional.ofNullable(row.getString("standard"))
                                            .orElse("")));
                }
            }
            return columns;
        }
    }

    private static PostgresType type(ResultSet row) throws SQLException {
        boolean array = row.getBoolean("is_array");
        boolean builtin = row.getBoolean(array ? "element_builtin" : "builtin");
        String name = Optional.ofNullable(row.getString(array ? "element" : "typname"))
                .orElse("");
        String type = Optional.ofNullable(row.getString(array ? "element_type" : "typtype"))
                .orElse("");
        PostgresType.Kind kind;
        if (array) {
            kind = row.getInt("attndims") > 1 ? PostgresType.Kind.MATRIX : PostgresType.Kind.ARRAY;
        } else {
            kind = switch (type) {
                case "e" -> PostgresType.Kind.ENUM;
                case "c" -> PostgresType.Kind.COMPOSITE;
                default -> PostgresType.Kind.PLAIN;
            };
        }
        // a type somebody made may bear a name of the server's own
        String known = builtin ? name : "\"" + name + "\"";
        return new PostgresType(row.getString("spelled"), known, row.getInt("mod"), kind);
    }

    /// As SQL spells it.
    public String quoted() {
        return Session.quoted(schema) + "." + Session.quoted(name);
    }

    public Optional<PostgresColumn> column(String called) {
        return columns.stream().filter(c -> c.name().equals(called)).findFirst();
    }
}
