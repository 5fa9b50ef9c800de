package dev.wisent.connectors.duckdb.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.connectors.duckdb.DuckDbFile;
import dev.wisent.connectors.duckdb.DuckDbTypes;
import dev.wisent.connectors.sql.read.OrderColumn;
import dev.wisent.connectors.sql.read.ReadColumn;
import dev.wisent.connectors.sql.read.ReadDatabase;
import dev.wisent.connectors.sql.read.ReadTable;
import dev.wisent.connectors.sql.staged.Sql;
import dev.wisent.connectors.sql.staged.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What there is to read in a DuckDB file. One statement reads all rows of a range, as of one moment.
record DuckDbTables(DuckDbFile file, Reading reading) implements ReadDatabase {
    private static final String MAIN = "main";
    private static final long ROWS_A_RANGE = 1_000_000;
    private static final long MOST_RANGES = 64;
    private static final int MOST_AT_ONCE = 4;
    private static final int KEPT_OPEN_FROM = 100;
    /// Keys from which ranges are cut.
    private static final int SAMPLE = 100_000;

    DuckDbTables(DuckDbFile file) {
        this(file, new Reading(Optional.empty()));
    }

    @Override
    public String location() {
        return file.path().toString();
    }

    @Override
    public Connection connect() {
        return file.connect();
    }

    @Override
    public Connection connectToRead() throws SQLException {
        return reading.connect(file);
    }

    @Override
    public WisentException failure(SQLException cause, String what) {
        return reading.failure(file, cause, what);
    }

    @Override
    public List<StreamId> tables(Connection in) throws SQLException {
        return new Sql(in)
                        .texts(
                                "SELECT CASE schema_name WHEN 'main' THEN name ELSE schema_name || '.' || name END FROM ("
                                        + "SELECT schema_name, table_name AS name FROM duckdb_tables()"
                                        + " WHERE database_name = current_database() AND NOT internal"
                                        + " UNION ALL SELECT schema_name, view_name FROM duckdb_views()"
                                        + " WHERE database_name = current_database() AND NOT internal)"
                                        + " WHERE NOT starts_with(name, '_wisent_') AND NOT contains(name, '__wisent_g') ORDER BY 1")
                        .stream()
                        .map(StreamId::new)
                        .toList();
    }

    private static TableName name(StreamId stream) {
        int dot = stream.name().indexOf('.');
        return dot < 0
                ? new TableName(MAIN, stream.name())
                : new TableName(stream.name().substring(0, dot), stream.name().substring(dot + 1));
    }

    /// Whether there is such a table.
    boolean has(StreamId table) {
        TableName name = name(table);
        try (Connection in = connect()) {
            return !new Sql(in)
                    .texts(
                            "SELECT column_name FROM duckdb_columns() WHERE database_name = current_database()"
                                    + " AND schema_name = ? AND table_name = ?",
                            name.schema(),
                            name.table())
                    .isEmpty();
        } catch (SQLException e) {
            throw failure(e, "looking for table " + table);
        }
    }

    @Override
    public ReadTable table(Connection in, StreamId stream, List<String> orderedBy) throws SQLException {
        TableName name = name(stream);
        List<ReadColumn> columns = new ArrayList<>();
        try (PreparedStatement select = in.prepareStatement("SELECT column_name, data_type FROM duckdb_columns()"
                + " WHERE database_name = current_database() AND schema_name = ? AND table_name = ?"
                + " ORDER BY column_index")) {
            select.setString(1, name.schema());
            select.setString(2, name.table());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    columns.add(ReadTypes.column(rows.getString(1), rows.getString(2)));
                }
            }
        }
        if (columns.isEmpty()) {
            throw WisentException.of(ErrorCode.SOURCE_CONNECTION, "there is no table '" + stream + "'")
                    .where(location())
                    .hint("it has: "
                            + String.join(
                                    ", ",
                                    tables(in).stream().map(StreamId::name).toList()));
        }
        List<String> keys = new Sql(in)
                .texts(
                        "SELECT unnest(constraint_column_names) FROM duckdb_constraints()"
                                + " WHERE constraint_type = 'PRIMARY KEY' AND database_name = current_database()"
                                + " AND schema_name = ? AND table_name = ?",
                        name.schema(),
                        name.table());
        return new ReadTable(stream, name.sql(), columns, keys, named(columns, orderedBy.isEmpty() ? keys : orderedBy));
    }

    @Override
    public ReadTable query(Connection in, StreamId stream, String query, List<String> orderedBy) throws SQLException {
        List<ReadColumn> columns = new ArrayList<>();
        try (Statement select = in.createStatement();
                ResultSet rows = select.executeQuery("DESCRIBE " + query)) {
            while (rows.next()) {
                columns.add(ReadTypes.column(rows.getString(1), rows.getString(2)));
            }
        }
        return new ReadTable(stream, "(" + query + ")", columns, orderedBy, named(columns, orderedBy));
    }

    /// Each range looks at the table's key anew, and at most of a table that is not stored in the order of it.
    @Override
    public List<String> bounds(Connection in, ReadTable table, Optional<Long> ranges) throws SQLException {
        OrderColumn first = table.order().getFirst();
        long count = ranges.isPresent()
                ? ranges.get()
                : Math.clamp(estimatedRows(in, table.stream()).orElse(0) / ROWS_A_RANGE, 1, MOST_RANGES);
        Sql sql = new Sql(in);
        if (count == 1
                || !sql.texts("SELECT 1 FROM " + table.from() + " WHERE " + first.name() + " IS NULL LIMIT 1")
                        .isEmpty()) {
            return List.of();
        }
        String shares = LongStream.range(1, count)
                .mapToObj(i -> Double.toString((double) i / count))
                .collect(Collectors.joining(", ", "[", "]"));
        return sql.texts(
                "SELECT DISTINCT ON (k) CAST(k AS VARCHAR) FROM (SELECT unnest(quantile_disc(" + first.name() + ", "
                        + shares + ")) AS k FROM (SELECT " + first.name() + " FROM " + table.from() + " USING SAMPLE "
                        + SAMPLE + " ROWS)) ORDER BY k");
    }

    /// Each sorts its range on all cores: to read more of them than there are cores takes memory and no less time.
    @Override
    public OptionalInt openSplits() {
        return OptionalInt.of(Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MOST_AT_ONCE));
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

    /// Who may read the file may read all of it.
    @Override
    public StreamInfo.Rights rights() {
        return StreamInfo.Rights.ALL;
    }

    /// Opening a file with thousands of tables takes tens of milliseconds, and connections of a process share one opening.
    @Override
    public int keptOpenFrom() {
        return KEPT_OPEN_FROM;
    }

    /// DuckDB counts the rows of a table as they come and go.
    @Override
    public OptionalLong estimatedRows(Connection in, StreamId stream) throws SQLException {
        TableName name = name(stream);
        List<String> rows = new Sql(in)
                .texts(
                        "SELECT estimated_size FROM duckdb_tables() WHERE database_name = current_database()"
                                + " AND schema_name = ? AND table_name = ?",
                        name.schema(),
                        name.table());
        return rows.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(rows.getFirst()));
    }

    @Override
    public OrderColumn order(ReadColumn column) {
        String name = TableName.quoted(column.field().name());
        String type = DuckDbTypes.name(column.field().type());
        return new OrderColumn(name, "CAST(" + name + " AS VARCHAR)", "CAST(? AS " + type + ")");
    }

    /// A column of a view has no default that could be asked for.
    @Override
    public Optional<String> unknownFrontier(Connection in, StreamId stream, String cursor) throws SQLException {
        if (!file.isReadOnly()) {
            return Optional.of(
                    "this process may write the file while it is read: rows that it commits after rows ahead of"
                            + " them in '" + cursor + "' were read are lost");
        }
        TableName name = name(stream);
        boolean isGiven = new Sql(in)
                .texts(
                        "SELECT column_name FROM duckdb_columns() JOIN duckdb_tables() USING (database_oid, table_oid)"
                                + " WHERE duckdb_columns.database_name = current_database()"
                                + " AND duckdb_columns.schema_name = ? AND duckdb_columns.table_name = ?"
                                + " AND column_name = ? AND column_default IS NULL",
                        name.schema(),
                        name.table(),
                        cursor)
                .isEmpty();
        return isGiven ? Optional.empty() : Optional.of(ReadDatabase.givenByWriters(cursor));
    }

    @Override
    public int rowsOfStatement() {
        return 0;
    }
}
