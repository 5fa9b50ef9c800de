package dev.wisent.connectors.duckdb.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.duckdb.DuckDbFile;
import dev.wisent.connectors.duckdb.DuckDbMemory;
import dev.wisent.connectors.duckdb.DuckDbTypes;
import dev.wisent.connectors.duckdb.read.DuckDbReadBack;
import dev.wisent.connectors.sql.staged.Sql;
import dev.wisent.connectors.sql.staged.StagedDatabase;
import dev.wisent.connectors.sql.staged.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;

/// DuckDB's SQL. Statements that change tables are part of the transaction they stand in.
final class DuckDbDatabase implements StagedDatabase {
    private static final String MAIN = "main";
    private static final String OF_TABLE =
            " WHERE database_name = current_database() AND schema_name = ? AND lower(table_name) = lower(?)";

    private final DuckDbFile file;
    private final String schema;
    private final DuckDbMemory memory;

    /// @param schema of tables whose name says none
    DuckDbDatabase(DuckDbFile file, String schema, DuckDbMemory memory) {
        this.file = file;
        this.schema = schema;
        this.memory = memory;
    }

    @Override
    public Path file() {
        return file.path();
    }

    @Override
    public Lock lock() {
        return file.lock();
    }

    @Override
    public TableName progressTable() {
        return new TableName(MAIN, "_wisent_progress");
    }

    @Override
    public TableName name(TargetId target) {
        int dot = target.name().indexOf('.');
        return dot < 0
                ? new TableName(schema, target.name())
                : new TableName(target.name().substring(0, dot), target.name().substring(dot + 1));
    }

    @Override
    public ReadBack readBack() {
        return DuckDbReadBack.of(file, this::name);
    }

    @Override
    public void check(Schema columns) {
        if (columns.size() == 0 || !DuckDbTypes.differ(columns.fields())) {
            throw refused("a table needs columns, and DuckDB knows none whose names differ by case alone");
        }
        for (Field field : columns.fields()) {
            if (!DuckDbTypes.canHold(field.type())) {
                throw refused("DuckDB has no type for column '" + field.name() + "', "
                        + field.type().text());
            }
        }
    }

    private WisentException refused(String why) {
        return WisentException.of(ErrorCode.SCHEMA_REFUSED, why)
                .where(file().toString())
                .hint("rename the column, or declare it as json");
    }

    /// Rows of parts may be written in another order than they have there: what needs one says so.
    @Override
    public Connection connect() {
        Connection connection = file.connect();
        try {
            new Sql(connection).run("SET preserve_insertion_order = false");
            memory.limit(connection);
            return connection;
        } catch (SQLException e) {
            throw failure(e, "opening the database");
        }
    }

    @Override
    public void begin(Connection in) throws SQLException {
        in.setAutoCommit(false);
    }

    @Override
    public void ended(Connection in) throws SQLException {
        in.setAutoCommit(true);
    }

    @Override
    public void attach(Connection in, List<Path> parts) {
        // A part is read by its name.
    }

    @Override
    public void detach(Connection in, int parts) {
        // Nothing was attached.
    }

    @Override
    public String from(Path part, int index) {
        return "read_parquet(" + Sql.literal(part.toString().replaceAll("[\\[*?]", "[$0]")) + ")";
    }

    @Override
    public String value(String expression, DataType from, DataType to) {
        if (from.equals(to) && !expression.equals("NULL")) {
            return expression;
        }
        if (to instanceof DataType.Json) {
            return "to_json(" + expression + ")";
        }
        return "CAST(" + expression + " AS " + DuckDbTypes.name(to) + ")";
    }

    /// Its statistics of each row group tell which rows need not be read.
    @Override
    public boolean sorts() {
        return true;
    }

    @Override
    public String instant(Instant at) {
        return "CAST(" + Sql.literal(at.toString()) + " AS TIMESTAMP WITH TIME ZONE)";
    }

    @Override
    public boolean isOrdered(DataType type) {
        return true;
    }

    @Override
    public boolean canRetype(DataType from, DataType to) {
        return switch (to) {
            case DataType.Int i -> from instanceof DataType.Int;
            case DataType.Decimal d -> from instanceof DataType.Int || from instanceof DataType.Decimal;
            case DataType.Float f -> from instanceof DataType.Int || from instanceof DataType.Float;
            case DataType.Json j ->
                from instanceof DataType.Int || from instanceof DataType.Bool || from instanceof DataType.Text;
            default -> false;
        };
    }

    @Override
    public boolean hasTable(Connection in, TableName table) throws SQLException {
        return !new Sql(in)
                .texts(
                        "SELECT table_name FROM duckdb_tables()" + OF_TABLE
                                + " UNION ALL SELECT view_name FROM duckdb_views() WHERE database_name = current_database()"
                                + " AND schema_name = ? AND lower(view_name) = lower(?)",
                        table.schema(),
                        table.table(),
                        table.schema(),
                        table.table())
                .isEmpty();
    }

    @Override
    public List<String> columns(Connection in, TableName table) throws SQLException {
        return new Sql(in)
                .texts(
                        "SELECT column_name FROM duckdb_columns()" + OF_TABLE + " ORDER BY column_index",
                        table.schema(),
                        table.table());
    }

    @Override
    public Optional<String> mark(Connection in, TableName table) throws SQLException {
        return Marks.in(comment(in, table));
    }

    static String comment(Connection in, TableName table) throws SQLException {
        return String.join(
                "", new Sql(in).texts("SELECT comment FROM duckdb_tables()" + OF_TABLE, table.schema(), table.table()));
    }

    @Override
    public List<String> creating(TableName table, Schema columns, String mark) {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE SCHEMA IF NOT EXISTS " + TableName.quoted(table.schema()),
                "CREATE TABLE " + table.sql() + " ("
                        + columns.fields().stream()
                                .map(field -> column(field)
                                        + field.notes()
                                                .standard()
                                                .map(value -> Sql.standard(field.type(), value))
                                                .orElse(""))
                                .collect(Collectors.joining(", "))
                        + ")",
                "COMMENT ON TABLE " + table.sql() + " IS " + Sql.literal(Marks.comment(mark))));
        columns.fields().forEach(field -> describe(table, field).ifPresent(statements::add));
        return statements;
    }

    private static String column(Field field) {
        return TableName.quoted(field.name()) + " " + DuckDbTypes.name(field.type());
    }

    private static Optional<String> describe(TableName table, Field field) {
        String description = field.notes().description();
        return description.isEmpty()
                ? Optional.empty()
                : Optional.of("COMMENT ON COLUMN " + table.sql() + "." + TableName.quoted(field.name()) + " IS "
                        + Sql.literal(description));
    }

    @Override
    public List<String> altering(TableName table, Schema before, Schema after) {
        List<String> statements = new ArrayList<>();
        for (Field field : after.fields()) {
            if (before.indexOf(field.name()).isEmpty()) {
                statements.add("ALTER TABLE " + table.sql() + " ADD COLUMN " + column(field));
                describe(table, field).ifPresent(statements::add);
            } else {
                DataType was =
                        before.field(before.indexOf(field.name()).getAsInt()).type();
                if (!was.equals(field.type())) {
                    String name = TableName.quoted(field.name());
                    statements.add("ALTER TABLE " + table.sql() + " ALTER COLUMN " + name + " SET DATA TYPE "
                            + DuckDbTypes.name(field.type()) + " USING " + value(name, was, field.type()));
                }
            }
        }
        return statements;
    }

    @Override
    public void replace(Connection in, TableName live, TableName hidden) throws SQLException {
        Heirlooms kept = Heirlooms.of(in, live);
        Sql sql = new Sql(in);
        sql.run("DROP TABLE IF EXISTS " + live.sql());
        sql.run("ALTER TABLE " + hidden.sql() + " RENAME TO " + TableName.quoted(live.table()));
        kept.give(in, live, columns(in, live));
    }

    @Override
    public String table(String name) {
        return new TableName(MAIN, name).sql();
    }

    @Override
    public String keyType() {
        return "VARCHAR";
    }

    @Override
    public String textType() {
        return "VARCHAR";
    }

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public WisentException failure(SQLException cause, String what) {
        return memory.failure(cause, what, file().toString()).orElseGet(() -> file.failure(cause, what));
    }

    /// What happened is found out by looking: the library is in this process, so nothing of the old attempt arrives late.
    @Override
    public boolean leavesOpen(SQLException cause) {
        return true;
    }
}
