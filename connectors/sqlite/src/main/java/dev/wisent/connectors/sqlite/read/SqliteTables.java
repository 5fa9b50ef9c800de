package dev.wisent.connectors.sqlite.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.connectors.sql.read.OrderColumn;
import dev.wisent.connectors.sql.read.ReadColumn;
import dev.wisent.connectors.sql.read.ReadDatabase;
import dev.wisent.connectors.sql.read.ReadTable;
import dev.wisent.connectors.sql.staged.Sql;
import dev.wisent.connectors.sql.staged.TableName;
import dev.wisent.connectors.sqlite.SqliteFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What there is to read in a SQLite file. A table is read by its rowid, so many rows a statement, and nothing is locked in
/// between.
record SqliteTables(SqliteFile file) implements ReadDatabase {
    private static final int ROWS = 10_000;
    /// Rows of a query that are looked at where SQLite does not say a column's type.
    private static final int LOOKED_AT = 1_000;

    @Override
    public String location() {
        return file.path().toString();
    }

    @Override
    public Connection connect() {
        return file.connect();
    }

    @Override
    public WisentException failure(SQLException cause, String what) {
        return file.failure(cause, what);
    }

    @Override
    public List<StreamId> tables(Connection in) throws SQLException {
        return new Sql(in)
                        .texts("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
                                + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_wisent\\_%' ESCAPE '\\'"
                                + " AND name NOT LIKE '%\\_\\_wisent\\_g%' ESCAPE '\\' ORDER BY name")
                        .stream()
                        .map(StreamId::new)
                        .toList();
    }

    /// Who may read the file may read all of it.
    @Override
    public StreamInfo.Rights rights() {
        return StreamInfo.Rights.ALL;
    }

    /// As of the last ANALYZE, of which the first number of each row is how many rows the table has.
    @Override
    public OptionalLong estimatedRows(Connection in, StreamId stream) throws SQLException {
        Sql sql = new Sql(in);
        if (sql.texts("SELECT name FROM sqlite_schema WHERE name = 'sqlite_stat1'")
                .isEmpty()) {
            return OptionalLong.empty();
        }
        return sql.texts("SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = ?", name(stream)).stream()
                .mapToLong(Long::parseLong)
                .max();
    }

    private static String name(StreamId stream) {
        return stream.name().startsWith("main.") ? stream.name().substring("main.".length()) : stream.name();
    }

    /// Whether there is such a table.
    boolean has(TableName table) {
        try (Connection in = connect()) {
            return !new Sql(in)
                    .texts("SELECT name FROM pragma_table_info(?)", table.table())
                    .isEmpty();
        } catch (SQLException e) {
            throw failure(e, "looking for table " + table);
        }
    }

    @Override
    public ReadTable table(Connection in, StreamId stream, List<String> orderedBy) throws SQLException {
        String name = name(stream);
        List<ReadColumn> columns = new ArrayList<>();
        try (PreparedStatement select = in.prepareStatement("SELECT name, type FROM pragma_table_info(?)")) {
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    columns.add(column(rows.getString(1), declared(rows.getString(2))));
                }
            }
        }
        if (columns.isEmpty()) {
            throw WisentException.of(ErrorCode.SOURCE_CONNECTION, "there is no table '" + name + "'")
                    .where(location())
                    .hint("it has: "
                            + String.join(
                                    ", ",
                                    tables(in).stream().map(StreamId::name).toList()));
        }
        Sql sql = new Sql(in);
        List<String> keys = sql.texts("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", name);
        Optional<OrderColumn> rowid =
                orderedBy.isEmpty() && !isRowid(sql, name, keys) ? rowid(in, name, columns) : Optional.empty();
        List<OrderColumn> order =
                rowid.map(List::of).orElseGet(() -> named(columns, orderedBy.isEmpty() ? keys : orderedBy));
        // VACUUM and a table that is built anew give out other rowids, and make this another one
        String version = rowid.isPresent()
                ? "schema " + sql.texts("PRAGMA schema_version").getFirst()
                : "";
        return new ReadTable(stream, TableName.quoted(name), columns, keys, order, version);
    }

    /// Whether the key is a name of the rowid: any other one has an index (lang_createtable.html, 5).
    private static boolean isRowid(Sql sql, String table, List<String> keys) throws SQLException {
        return keys.size() == 1
                && sql.texts("SELECT name FROM pragma_index_list(?) WHERE origin = 'pk'", table)
                        .isEmpty()
                && sql.texts("SELECT wr FROM pragma_table_list(?) WHERE schema = 'main'", table)
                        .equals(List.of("0"));
    }

    /// A rowid may be another row's in a later run, so rows of one cursor are told apart by their key, if it can be ordered by.
    @Override
    public List<OrderColumn> behindCursor(ReadTable table) {
        long fit = table.columns().stream()
                .filter(c -> table.keys().contains(c.field().name()))
                .filter(c -> isOrdered(c.field().type()))
                .count();
        return table.version().isEmpty()
                        || table.keys().isEmpty()
                        || fit < table.keys().size()
                ? table.order()
                : named(table.columns(), table.keys());
    }

    @Override
    public Optional<String> unsteady(ReadTable table) {
        return behindCursor(table).equals(table.order()) && !table.version().isEmpty()
                ? Optional.of("'" + table.stream()
                        + "' has no key to go by: rows of one cursor are told apart by their rowid,"
                        + " and once VACUUM or a table that is built anew gave out others, a run may miss or repeat rows of the"
                        + " last cursor; name columns as primary_key")
                : Optional.empty();
    }

    private static boolean isOrdered(DataType type) {
        return type instanceof DataType.Int || type instanceof DataType.Text;
    }

    /// The rowid under a name that no column has; empty: there is none.
    private static Optional<OrderColumn> rowid(Connection in, String table, List<ReadColumn> columns)
            throws SQLException {
        boolean has = new Sql(in)
                .texts("SELECT type || wr FROM pragma_table_list(?) WHERE schema = 'main'", table)
                .equals(List.of("table0"));
        return Stream.of("rowid", "_rowid_", "oid")
                .filter(name ->
                        has && columns.stream().noneMatch(c -> c.field().name().equalsIgnoreCase(name)))
                .findFirst()
                .map(name -> new OrderColumn(name, name, "CAST(? AS INTEGER)"));
    }

    /// The rowid and the key's first column have an index; other columns are only cut where that is asked for.
    @Override
    public List<String> bounds(Connection in, ReadTable table, Optional<Long> ranges) throws SQLException {
        String first = table.order().getFirst().name();
        boolean isColumn = table.columns().stream().anyMatch(c -> c.select().equals(first));
        boolean isFast = !isColumn
                || table.keys().stream().limit(1).anyMatch(key -> quoted(key).equals(first));
        return isFast || ranges.isPresent() ? new SqliteRanges(in, table).bounds(ranges, file.size()) : List.of();
    }

    private List<OrderColumn> named(List<ReadColumn> columns, List<String> names) {
        return names.stream()
                .map(name -> columns.stream()
                        .filter(c -> c.field().name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () -> WisentException.of(ErrorCode.NOT_SUPPORTED, "there is no column '" + name + "'")
                                        .where(location())))
                .map(this::order)
                .toList();
    }

    @Override
    public ReadTable query(Connection in, StreamId stream, String query, List<String> orderedBy) throws SQLException {
        String from = "(" + query + ")";
        List<ReadColumn> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Optional<DataType>> types = new ArrayList<>();
        try (Statement select = in.createStatement();
                ResultSet rows = select.executeQuery("SELECT * FROM " + from + " LIMIT 0")) {
            ResultSetMetaData meta = rows.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                names.add(meta.getColumnLabel(i));
                String declared = meta.getColumnTypeName(i);
                types.add(declared == null || declared.isEmpty() ? Optional.empty() : declared(declared));
            }
        }
        for (int i = 0; i < names.size(); i++) {
            DataType type = types.get(i).isPresent() ? types.get(i).get() : seen(in, from, names.get(i));
            columns.add(column(names.get(i), Optional.of(type)));
        }
        return new ReadTable(stream, from, columns, orderedBy, named(columns, orderedBy));
    }

    private static DataType seen(Connection in, String from, String column) throws SQLException {
        String name = TableName.quoted(column);
        List<String> kinds = new Sql(in)
                .texts("SELECT DISTINCT typeof(" + name + ") FROM (SELECT " + name + " FROM " + from + " LIMIT "
                        + LOOKED_AT + ") WHERE " + name + " IS NOT NULL ORDER BY 1");
        return switch (String.join(",", kinds)) {
            case "integer" -> DataType.INT64;
            case "real" -> DataType.FLOAT64;
            case "blob" -> DataType.BINARY;
            default -> DataType.STRING;
        };
    }

    /// SQLite's rules of affinity (datatype3.html, 3.1), but that a column that may hold anything is read as text.
    private static Optional<DataType> declared(String type) {
        String upper = type.toUpperCase(Locale.ROOT);
        if (upper.contains("INT")) {
            return Optional.of(DataType.INT64);
        }
        if (upper.contains("CHAR") || upper.contains("CLOB") || upper.contains("TEXT")) {
            return Optional.of(DataType.STRING);
        }
        if (upper.contains("BLOB")) {
            return Optional.of(DataType.BINARY);
        }
        if (upper.contains("REAL") || upper.contains("FLOA") || upper.contains("DOUB")) {
            return Optional.of(DataType.FLOAT64);
        }
        return upper.startsWith("BOOL") ? Optional.of(DataType.BOOL) : Optional.empty();
    }

    /// Not by double quotes: of a column that is gone by then SQLite would make a text, its name (quirks.html, 8).
    private static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }

    private static ReadColumn column(String name, Optional<DataType> type) {
        ReadColumn column = new ReadColumn(Field.nullable(name, type.orElse(DataType.STRING)), quoted(name));
        return column.field().type().equals(DataType.STRING) ? ExactTexts.of(column) : column;
    }

    @Override
    public OrderColumn order(ReadColumn column) {
        String name = column.select();
        return switch (column.field().type()) {
            case DataType.Int i -> new OrderColumn(name, name, "CAST(? AS INTEGER)");
            case DataType.Text t -> new OrderColumn(name, name, "?");
            default ->
                throw WisentException.of(
                                ErrorCode.NOT_SUPPORTED,
                                "column '" + column.field().name() + "' can't be read in order: it is "
                                        + column.field().type().text())
                        .where(location())
                        .hint("a cursor or key is an integer or a text");
        };
    }

    /// A view has no columns of its own.
    @Override
    public Optional<String> unknownFrontier(Connection in, StreamId stream, String cursor) throws SQLException {
        Sql sql = new Sql(in);
        boolean isGiven = sql.texts("SELECT name FROM sqlite_schema WHERE type = 'view' AND name = ?", name(stream))
                                .size()
                        + sql.texts(
                                        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?",
                                        name(stream))
                                .size()
                        + sql.texts(
                                        "SELECT name FROM pragma_table_info(?) WHERE name = ? AND (dflt_value IS NOT NULL"
                                                + " OR (pk = 1 AND upper(type) = 'INTEGER'))",
                                        name(stream),
                                        cursor)
                                .size()
                > 0;
        return isGiven ? Optional.empty() : Optional.of(ReadDatabase.givenByWriters(cursor));
    }

    @Override
    public int rowsOfStatement() {
        return ROWS;
    }
}
