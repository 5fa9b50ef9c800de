package dev.wisent.connectors.sqlite.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.staged.Sql;
import dev.wisent.connectors.sql.staged.StagedDatabase;
import dev.wisent.connectors.sql.staged.TableName;
import dev.wisent.connectors.sqlite.SqliteFile;
import dev.wisent.connectors.sqlite.read.SqliteReadBack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// SQLite's SQL. Statements that change tables are part of the transaction they stand in. A table's mark is a comment in the
/// statement that made it, which SQLite keeps.
final class SqliteDatabase implements StagedDatabase {
    private static final String MAIN = "main";
    private static final Pattern MARK = Pattern.compile("/\\* Loaded by Wisent \\[(wisent-[0-9a-f-]{36})\\] \\*/");
    /// SQLite attaches ten files at most; parts beyond are copied into temporary tables.
    private static final int MOST_ATTACHED = 8;

    /// Of an index over clustering keys; the mark of its table follows, for names of indexes are one a database.
    private static final String CLUSTER = "_wisent_cluster_";
    /// The same, of one over what rows are merged by.
    private static final String KEY = "_wisent_key_";
    private static final int MOST_COLUMNS = 2000;
    private static final Map<Path, Lock> LOCKS = new ConcurrentHashMap<>();

    private final SqliteFile file;

    SqliteDatabase(SqliteFile file) {
        this.file = file;
    }

    @Override
    public Path file() {
        return file.path().toAbsolutePath();
    }

    /// SQLite has locks of its own; this one lets the threads of a process wait in order.
    @Override
    public Lock lock() {
        return LOCKS.computeIfAbsent(file().normalize(), path -> new ReentrantLock());
    }

    @Override
    public TableName progressTable() {
        return new TableName(MAIN, "_wisent_progress");
    }

    @Override
    public TableName name(TargetId target) {
        String name = target.name().startsWith(MAIN + ".") ? target.name().substring(MAIN.length() + 1) : target.name();
        if (name.indexOf('.') >= 0 || name.toLowerCase(Locale.ROOT).startsWith("sqlite_")) {
            throw WisentException.of(ErrorCode.NOT_SUPPORTED, "SQLite has no table '" + name + "' to write to")
                    .where(file().toString())
                    .hint("it has no schemas, and keeps names with sqlite_ to itself: name a table as destination_id");
        }
        return new TableName(MAIN, name);
    }

    @Override
    public ReadBack readBack() {
        return SqliteReadBack.of(file, this::name);
    }

    @Override
    public void check(Schema columns) {
        Set<String> names = new HashSet<>();
        boolean differ =
                columns.fields().stream().allMatch(f -> names.add(f.name().toLowerCase(Locale.ROOT)));
        if (columns.size() == 0 || columns.size() > MOST_COLUMNS || !differ) {
            throw WisentException.of(
                            ErrorCode.SCHEMA_REFUSED,
                            "a table of SQLite has 1 to " + MOST_COLUMNS
                                    + " columns, whose names differ by more than their case")
                    .where(file().toString());
        }
    }

    @Override
    public Connection connect() {
        return file.connect();
    }

    /// A statement that changes nothing takes the lock that only one has.
    @Override
    public void begin(Connection in) throws SQLException {
        boolean there = hasTable(in, progressTable());
        in.setAutoCommit(false);
        if (there) {
            new Sql(in).run("DELETE FROM " + progressTable().sql() + " WHERE 0");
        }
    }

    @Override
    public void ended(Connection in) throws SQLException {
        in.setAutoCommit(true);
    }

    @Override
    public void attach(Connection in, List<Path> parts) throws SQLException {
        Sql sql = new Sql(in);
        for (int i = 0; i < parts.size(); i++) {
            String part = Sql.literal(parts.get(i).toString());
            if (i < MOST_ATTACHED) {
                sql.run("ATTACH " + part + " AS _wisent_p" + i);
            } else {
                sql.run("ATTACH " + part + " AS _wisent_next");
                sql.run("CREATE TEMP TABLE _wisent_part" + i + " AS SELECT * FROM _wisent_next.rows");
                sql.run("DETACH _wisent_next");
            }
        }
    }

    @Override
    public void detach(Connection in, int parts) throws SQLException {
        Sql sql = new Sql(in);
        for (int i = 0; i < parts; i++) {
            sql.run(i < MOST_ATTACHED ? "DETACH _wisent_p" + i : "DROP TABLE temp._wisent_part" + i);
        }
    }

    @Override
    public String from(Path part, int index) {
        return index < MOST_ATTACHED ? "_wisent_p" + index + ".rows" : "temp._wisent_part" + index;
    }

    @Override
    public String value(String expression, DataType from, DataType to) {
        if (from instanceof DataType.Decimal(int p, int s) && to instanceof DataType.Decimal(int q, int t) && t > s) {
            return expression + " || " + Sql.literal((s == 0 ? "." : "") + "0".repeat(t - s));
        }
        if (to instanceof DataType.Float && from instanceof DataType.Int) {
            return "CAST(" + expression + " AS REAL)";
        }
        if (to instanceof DataType.Json && !from.equals(to)) {
            return switch (from) {
                case DataType.Bool b -> "CASE " + expression + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
                case DataType.Text t ->
                    "CASE WHEN " + expression + " IS NOT NULL THEN json_quote(" + expression + ") END";
                default -> "CAST(" + expression + " AS TEXT)";
            };
        }
        return expression;
    }

    @Override
    public String instant(Instant at) {
        return Sql.literal(TextValues.timestamp(at));
    }

    @Override
    public boolean isOrdered(DataType type) {
        return !(type instanceof DataType.Decimal);
    }

    /// What a column can become without its declared type, which SQLite does not change.
    @Override
    public boolean canRetype(DataType from, DataType to) {
        return switch (to) {
            case DataType.Int i -> from instanceof DataType.Int;
            case DataType.Decimal d -> from instanceof DataType.Decimal;
            case DataType.Float f -> from instanceof DataType.Int || from instanceof DataType.Float;
            case DataType.Json j -> from instanceof DataType.Text;
            default -> false;
        };
    }

    @Override
    public boolean hasTable(Connection in, TableName table) throws SQLException {
        return !new Sql(in)
                .texts(
                        "SELECT name FROM main.sqlite_schema WHERE type IN ('table', 'view') AND lower(name) = lower(?)",
                        table.table())
                .isEmpty();
    }

    @Override
    public List<String> columns(Connection in, TableName table) throws SQLException {
        return new Sql(in).texts("SELECT name FROM pragma_table_info(?, 'main')", table.table());
    }

    @Override
    public Optional<String> mark(Connection in, TableName table) throws SQLException {
        String made = String.join(
                "",
                new Sql(in)
                        .texts(
                                "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND lower(name) = lower(?)",
                                table.table()));
        Matcher mark = MARK.matcher(made);
        return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
    }

    @Override
    public List<String> creating(TableName table, Schema columns, String mark) {
        return List.of("CREATE TABLE " + table.sql() + " (/* Loaded by Wisent [" + mark + "] */ "
                + columns.fields().stream()
                        .map(field -> column(field)
                                + field.notes()
                                        .standard()
                                        .map(value -> SqliteTypes.standard(field.type(), value))
                                        .orElse(""))
                        .collect(Collectors.joining(", "))
                + ")");
    }

    private static String column(Field field) {
        return TableName.quoted(field.name()) + " " + SqliteTypes.name(field.type());
    }

    @Override
    public List<String> altering(TableName table, Schema before, Schema after) {
        List<String> statements = new ArrayList<>();
        for (Field field : after.fields()) {
            if (before.indexOf(field.name()).isEmpty()) {
                statements.add("ALTER TABLE " + table.sql() + " ADD COLUMN " + column(field));
            } else {
                DataType was =
                        before.field(before.indexOf(field.name()).getAsInt()).type();
                String name = TableName.quoted(field.name());
                String value = value(name, was, field.type());
                if (!value.equals(name)) {
                    statements.add("UPDATE " + table.sql() + " SET " + name + " = " + value);
                }
            }
        }
        return statements;
    }

    @Override
    public Optional<String> clustering(TableName table, String mark, Schema columns, List<String> keys) {
        return Optional.of(indexing(CLUSTER + mark, table, keys));
    }

    private static String indexing(String index, TableName table, List<String> columns) {
        return "CREATE INDEX " + new TableName(MAIN, index).sql() + " ON " + TableName.quoted(table.table()) + " ("
                + columns.stream().map(TableName::quoted).collect(Collectors.joining(", ")) + ")";
    }

    @Override
    public void index(Connection in, TableName table, Schema columns, List<String> key) throws SQLException {
        String index = KEY + mark(in, table).orElseThrow();
        List<String> there = indexed(in, index);
        if (!there.equals(key)) {
            Sql sql = new Sql(in);
            sql.run("DROP INDEX IF EXISTS " + new TableName(MAIN, index).sql());
            sql.run(indexing(index, table, key));
        }
    }

    /// A condition with EXISTS would be tried for each row of the table, by reading all of `from`.
    @Override
    public String delete(String into, String from, String which) {
        return "DELETE FROM " + into + " WHERE rowid IN (SELECT t.rowid FROM " + from + " AS s JOIN " + into
                + " AS t ON " + which + ")";
    }

    @Override
    public String unclustering(TableName table, String mark) {
        return "DROP INDEX " + new TableName(MAIN, CLUSTER + mark).sql();
    }

    @Override
    public List<String> clustered(Connection in, TableName table, String mark) throws SQLException {
        return indexed(in, CLUSTER + mark);
    }

    private static List<String> indexed(Connection in, String index) throws SQLException {
        return new Sql(in).texts("SELECT name FROM pragma_index_info(?, 'main') ORDER BY seqno", index);
    }

    @Override
    public void replace(Connection in, TableName live, TableName hidden) throws SQLException {
        Sql sql = new Sql(in);
        List<String> kept = sql.texts(
                "SELECT sql FROM main.sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
                        + " AND lower(tbl_name) = lower(?) AND substr(name, 1, length(?)) <> ? AND (substr(name, 1, length(?)) <> ?"
                        + " OR NOT EXISTS ("
                        + "SELECT 1 FROM main.sqlite_schema WHERE tbl_name = ? AND substr(name, 1, length(?)) = ?))",
                live.table(),
                KEY,
                KEY,
                CLUSTER,
                CLUSTER,
                hidden.table(),
                CLUSTER,
                CLUSTER);
        sql.run("DROP TABLE IF EXISTS " + live.sql());
        sql.run("ALTER TABLE " + hidden.sql() + " RENAME TO " + TableName.quoted(live.table()));
        for (String each : kept) {
            sql.run(each);
        }
    }

    @Override
    public String table(String name) {
        return new TableName(MAIN, name).sql();
    }

    @Override
    public String keyType() {
        return "TEXT";
    }

    @Override
    public String textType() {
        return "TEXT";
    }

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public WisentException failure(SQLException cause, String what) {
        return file.failure(cause, what);
    }

    /// What happened is found out by looking: the library is in this process, so nothing of the old attempt arrives late.
    @Override
    public boolean leavesOpen(SQLException cause) {
        return true;
    }
}
