package dev.wisent.connectors.jdbc;

import dev.wisent.api.StreamId;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The tables of a database as its driver names them.
///
/// @param quote around identifiers; empty: the database has no such thing
record Names(DatabaseMetaData meta, Optional<String> catalog, String quote) {
    /// Of the databases themselves.
    private static final Set<String> SYSTEM = Set.of(
            "INFORMATION_SCHEMA",
            "PG_CATALOG",
            "SYS",
            "SYSTEM",
            "SYSTEM_LOBS",
            "SYSIBM",
            "SYSCAT",
            "SYSSTAT",
            "SYSFUN",
            "SYSPROC",
            "SYSTOOLS",
            "SYSCS_DIAG",
            "SYSCS_UTIL",
            "NULLID",
            "SQLJ",
            "MYSQL",
            "PERFORMANCE_SCHEMA");

    /// @param schema empty: the database has none
    record Table(Optional<String> schema, String name) {
        StreamId stream() {
            return new StreamId(schema.map(s -> s + ".").orElse("") + name);
        }
    }

    static Names of(Connection in) throws SQLException {
        String quote = in.getMetaData().getIdentifierQuoteString();
        return new Names(
                in.getMetaData(),
                Optional.ofNullable(in.getCatalog()),
                quote == null || quote.isBlank() ? "" : quote.strip());
    }

    String quoted(String name) {
        return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
    }

    String quoted(Table table) {
        return table.schema().map(s -> quoted(s) + ".").orElse("") + quoted(table.name());
    }

    /// Tables and views that are not the database's own, by their names.
    List<Table> all() throws SQLException {
        return tables(Optional.empty(), "%");
    }

    /// @param schema a pattern; empty: any
    /// @param name a pattern
    private List<Table> tables(Optional<String> schema, String name) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (ResultSet row = meta.getTables(catalog.orElse(null), schema.orElse(null), name, null)) {
            while (row.next()) {
                Optional<String> of =
                        Optional.ofNullable(row.getString("TABLE_SCHEM")).filter(s -> !s.isEmpty());
                String type = String.valueOf(row.getString("TABLE_TYPE")).toUpperCase(Locale.ROOT);
                boolean own = of.filter(s -> SYSTEM.contains(s.toUpperCase(Locale.ROOT)))
                        .isPresent();
                if (!own && (type.equals("TABLE") || type.equals("BASE TABLE") || type.equals("VIEW"))) {
                    tables.add(new Table(of, row.getString("TABLE_NAME")));
                }
            }
        }
        return tables.stream()
                .distinct()
                .sorted((a, b) -> a.stream().name().compareTo(b.stream().name()))
                .toList();
    }

    /// The table a stream names: `schema.table` or `table`, in this spelling or, if there is only one, in any case.
    List<Table> matching(StreamId stream) throws SQLException {
        List<Table> asked = spelled(stream.name());
        return asked.isEmpty() ? among(all(), stream.name()) : asked;
    }

    private static List<Table> among(List<Table> all, String name) {
        List<Table> exact = all.stream().filter(table -> names(table, name)).toList();
        String upper = name.toUpperCase(Locale.ROOT);
        return exact.isEmpty()
                ? all.stream()
                        .filter(table -> names(
                                new Table(
                                        table.schema().map(s -> s.toUpperCase(Locale.ROOT)),
                                        table.name().toUpperCase(Locale.ROOT)),
                                upper))
                        .toList()
                : exact;
    }

    /// Only these are asked for: there may be thousands of others. A driver that knows no patterns may find none.
    private List<Table> spelled(String name) throws SQLException {
        List<Table> found = new ArrayList<>(tables(Optional.empty(), pattern(name)));
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            found.addAll(tables(Optional.of(pattern(name.substring(0, dot))), pattern(name.substring(dot + 1))));
        }
        return found.stream().filter(table -> names(table, name)).distinct().toList();
    }

    private static boolean names(Table table, String name) {
        return table.stream().name().equals(name) || table.name().equals(name);
    }

    /// A name as a pattern that matches only itself.
    String pattern(String name) throws SQLException {
        String escape = meta.getSearchStringEscape();
        if (escape == null || escape.isEmpty()) {
            return name;
        }
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }
}
