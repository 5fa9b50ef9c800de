package dev.wisent.connectors.jdbc;

import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.JdbcDrivers;
import dev.wisent.columnar.DataType;
import dev.wisent.connectors.sql.read.OrderColumn;
import dev.wisent.connectors.sql.read.ReadColumn;
import dev.wisent.connectors.sql.read.ReadDatabase;
import dev.wisent.connectors.sql.read.ReadTable;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Any database, as far as JDBC tells of it. Statements are plain SQL: names in the database's own quotes, values as
/// parameters. How many rows one gives is told to the driver, for databases spell it in many ways.
final class JdbcDatabase implements ReadDatabase {
    /// A table is read by so many rows a statement, so that none is open for long.
    private static final int ROWS = 10_000;

    private static final String QUERY = "wisent_query";

    private final JdbcAddress address;
    private final JdbcDrivers drivers;
    /// Whether there was a connection: what can't be reached at all is told at once.
    private volatile boolean reached;

    JdbcDatabase(JdbcAddress address, JdbcDrivers drivers) {
        this.address = address;
        this.drivers = drivers;
    }

    @Override
    public String location() {
        return address.toString();
    }

    @Override
    public Connection connect() {
        Driver driver = driver();
        try {
            Connection connection = Optional.ofNullable(driver.connect(address.url(), address.forDriver()))
                    .orElseThrow(() -> WisentException.of(
                                    ErrorCode.SOURCE_CONNECTION,
                                    "driver " + driver.getClass().getName() + " does not take this url")
                            .where(location())
                            .hint("leave 'driver' out, or name the one the url is for"));
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            reached = true;
            return connection;
        } catch (SQLException e) {
            throw failure(e, "connecting");
        }
    }

    private Driver driver() {
        List<Driver> there = drivers.all();
        List<Driver> fitting = there.stream()
                .filter(driver -> address.driver()
                        .map(name -> driver.getClass().getName().equals(name))
                        .orElseGet(() -> accepts(driver)))
                .toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        String names = there.stream().map(driver -> driver.getClass().getName()).collect(Collectors.joining(", "));
        throw WisentException.of(
                        ErrorCode.SOURCE_CONNECTION,
                        fitting.isEmpty()
                                ? address.driver()
                                        .map(name -> "there is no JDBC driver " + name)
                                        .orElse("no JDBC driver takes this url")
                                : "several JDBC drivers take this url")
                .where(location())
                .tried(there.isEmpty() ? "no driver was found" : names)
                .hint(
                        fitting.isEmpty()
                                ? "put the driver's jar into the folder plugins/ beside where you start wisent, or into one that"
                                        + " the pipeline's key 'plugins' names"
                                : "name one: driver: "
                                        + fitting.getFirst().getClass().getName());
    }

    private boolean accepts(Driver driver) {
        try {
            return driver.acceptsURL(address.url());
        } catch (SQLException e) {
            throw failure(e, "asking driver " + driver.getClass().getName());
        }
    }

    @Override
    public WisentException failure(SQLException cause, String what) {
        String message = address.without(String.valueOf(cause.getMessage()));
        Optional<String> state = Optional.ofNullable(cause.getSQLState());
        String told = what + " failed: " + message
                + state.map(s -> " (SQLSTATE " + s + ")").orElse("");
        // classes 08, connection exception, and 40, transaction rollback
        boolean passing =
                state.filter(s -> s.startsWith("08") || s.startsWith("40")).isPresent()
                        && (reached || !what.equals("connecting"));
        SQLException quiet = new SQLException(message, cause.getSQLState());
        return (passing
                        ? WisentException.transientFailure(ErrorCode.SOURCE_CONNECTION, told, quiet)
                        : WisentException.of(ErrorCode.SOURCE_CONNECTION, told).causedBy(quiet))
                .where(location());
    }

    @Override
    public List<StreamId> tables(Connection in) throws SQLException {
        return Names.of(in).all().stream().map(Names.Table::stream).toList();
    }

    @Override
    public ReadTable table(Connection in, StreamId stream, List<String> orderedBy) throws SQLException {
        Names names = Names.of(in);
        List<Names.Table> found = names.matching(stream);
        if (found.size() != 1) {
            throw WisentException.of(
                            ErrorCode.SOURCE_CONNECTION,
                            found.isEmpty()
                                    ? "there is no table '" + stream + "'"
                                    : "several tables are '" + stream + "'")
                    .where(location())
                    .hint("it has: "
                            + (found.isEmpty() ? names.all() : found)
                                    .stream()
                                            .map(table -> table.stream().name())
                                            .collect(Collectors.joining(", ")));
        }
        Names.Table table = found.getFirst();
        List<ReadColumn> columns = new ArrayList<>();
        try (ResultSet row = names.meta()
                .getColumns(
                        names.catalog().orElse(null),
                        table.schema().isPresent()
                                ? names.pattern(table.schema().get())
                                : null,
                        names.pattern(table.name()),
                        null)) {
            while (row.next()) {
                JdbcColumn column = new JdbcColumn(
                        row.getString("COLUMN_NAME"),
                        row.getInt("DATA_TYPE"),
                        String.valueOf(row.getString("TYPE_NAME")),
                        row.getInt("COLUMN_SIZE"),
                        row.getInt("DECIMAL_DIGITS"));
                columns.add(ColumnTypes.read(
                        column, names.quoted(column.name()), location() + ", table " + table.stream()));
            }
        }
        List<String> keys = keys(names, table);
        List<OrderColumn> order = orderedBy.isEmpty() ? orderable(columns, keys) : named(columns, orderedBy);
        String from = names.quoted(table);
        if (!orderedBy.isEmpty()) {
            refuseNulls(in, from, order);
        }
        return new ReadTable(stream, from, columns, keys, order);
    }

    private static List<String> keys(Names names, Names.Table table) throws SQLException {
        Map<Integer, String> keys = new TreeMap<>();
        try (ResultSet row = names.meta()
                .getPrimaryKeys(names.catalog().orElse(null), table.schema().orElse(null), table.name())) {
            while (row.next()) {
                keys.put(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(keys.values());
    }

    /// The key's columns; none: it has one whose values can't be gone on behind.
    private List<OrderColumn> orderable(List<ReadColumn> columns, List<String> keys) {
        List<ReadColumn> key = keys.stream()
                .flatMap(name -> columns.stream().filter(c -> c.field().name().equals(name)))
                .toList();
        boolean all =
                key.stream().allMatch(c -> OrderValues.of(c.field().type()).isPresent());
        return all ? key.stream().map(this::order).toList() : List.of();
    }

    private List<OrderColumn> named(List<ReadColumn> columns, List<String> names) {
        return names.stream()
                .map(name -> columns.stream()
                        .filter(c -> c.field().name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> WisentException.of(
                                        ErrorCode.NOT_SUPPORTED, "there is no column '" + name + "'")
                                .where(location())
                                .hint("its columns: "
                                        + columns.stream()
                                                .map(c -> c.field().name())
                                                .collect(Collectors.joining(", ")))))
                .map(this::order)
                .toList();
    }

    /// A row without a value of its key stands behind no key, and would be lost between two statements.
    private void refuseNulls(Connection in, String from, List<OrderColumn> order) throws SQLException {
        String without = order.stream().map(c -> c.name() + " IS NULL").collect(Collectors.joining(" OR "));
        try (Statement select = in.createStatement();
                ResultSet row = select.executeQuery("SELECT COUNT(*) FROM " + from + " WHERE " + without)) {
            if (row.next() && row.getLong(1) > 0) {
                throw WisentException.of(
                                ErrorCode.SOURCE_FAILED,
                                row.getLong(1) + " rows have no value in primary_key and can't be read in its order")
                        .where(location())
                        .hint("name other columns, or leave primary_key out");
            }
        }
    }

    @Override
    public ReadTable query(Connection in, StreamId stream, String query, List<String> orderedBy) throws SQLException {
        Names names = Names.of(in);
        String from = "(" + query + ") " + QUERY;
        List<ReadColumn> columns = new ArrayList<>();
        try (PreparedStatement select = in.prepareStatement("SELECT * FROM " + from + " WHERE 1 = 0");
                ResultSet none = select.executeQuery()) {
            ResultSetMetaData meta = none.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                String type = String.valueOf(meta.getColumnTypeName(i));
                boolean unsigned = isWhole(meta.getColumnType(i)) && !meta.isSigned(i);
                JdbcColumn column = new JdbcColumn(
                        meta.getColumnLabel(i),
                        meta.getColumnType(i),
                        unsigned ? type + " UNSIGNED" : type,
                        meta.getPrecision(i),
                        meta.getScale(i));
                columns.add(ColumnTypes.read(column, names.quoted(column.name()), location() + ", query of " + stream));
            }
        }
        List<OrderColumn> order = named(columns, orderedBy);
        if (!order.isEmpty()) {
            refuseNulls(in, from, order);
        }
        return new ReadTable(stream, from, columns, orderedBy, order);
    }

    private static boolean isWhole(int code) {
        return code == java.sql.Types.SMALLINT || code == java.sql.Types.INTEGER || code == java.sql.Types.BIGINT;
    }

    @Override
    public OptionalLong estimatedRows(Connection in, StreamId stream) throws SQLException {
        Names names = Names.of(in);
        List<Names.Table> found = names.matching(stream);
        return found.size() == 1 ? IndexStatistics.of(names, found.getFirst()).rows() : OptionalLong.empty();
    }

    /// As many numbers in each, whatever the rows: what a driver says of their number may be old, and of ranges none says it.
    @Override
    public List<String> bounds(Connection in, ReadTable table, Optional<Long> ranges) throws SQLException {
        String first = table.order().getFirst().name();
        boolean isWhole = table.columns().stream()
                .filter(c -> c.select().equals(first))
                .anyMatch(c -> c.field().type() instanceof DataType.Int
                        || (c.field().type() instanceof DataType.Decimal decimal && decimal.scale() == 0));
        if (ranges.isEmpty() || !isWhole) {
            return List.of();
        }
        try (Statement select = in.createStatement();
                ResultSet row =
                        select.executeQuery("SELECT MIN(" + first + "), MAX(" + first + ") FROM " + table.from())) {
            if (!row.next() || row.getBigDecimal(1) == null) {
                return List.of();
            }
            BigInteger low = row.getBigDecimal(1).toBigInteger();
            BigInteger width = row.getBigDecimal(2).toBigInteger().subtract(low);
            return LongStream.range(1, ranges.get())
                    .mapToObj(i ->
                            low.add(width.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(ranges.get()))))
                    .distinct()
                    .map(BigInteger::toString)
                    .toList();
        }
    }

    @Override
    public OrderColumn order(ReadColumn column) {
        DataType type = column.field().type();
        OrderValues<?> values = OrderValues.of(type)
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.NOT_SUPPORTED,
                                "column '" + column.field().name() + "' can't be read in order: it is " + type.text())
                        .where(location())
                        .hint("a key is a number, a text, a date or a timestamp"));
        return new OrderColumn(column.select(), column.select(), "?", values);
    }

    @Override
    public int rowsOfStatement() {
        return ROWS;
    }

    @Override
    public String limit(int rows) {
        return "";
    }

    @Override
    public String highest(ReadTable table, OrderColumn cursor) {
        return "SELECT MAX(" + cursor.name() + ") FROM " + table.from();
    }

    @Override
    public void ended(Connection in) throws SQLException {
        in.rollback();
    }

    /// A driver makes any number or text of any other: a table whose types change would be read as what it was planned as.
    @Override
    public String shape(ResultSetMetaData columns) throws SQLException {
        StringBuilder shape = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            shape.append(columns.getColumnLabel(i))
                    .append(' ')
                    .append(columns.getColumnTypeName(i))
                    .append(' ')
                    .append(columns.getPrecision(i))
                    .append(' ')
                    .append(columns.getScale(i))
                    .append('\n');
        }
        return shape.toString();
    }

    @Override
    public Optional<String> unknownFrontier(Connection in, StreamId stream, String cursor) {
        return Optional.of(
                "which transactions are still open can't be known through JDBC: rows that are committed after"
                        + " rows ahead of them in '" + cursor + "' were read are lost");
    }
}
