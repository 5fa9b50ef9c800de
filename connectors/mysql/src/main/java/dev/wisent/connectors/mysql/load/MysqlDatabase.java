package dev.wisent.connectors.mysql.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.mysql.MysqlFailure;
import dev.wisent.connectors.mysql.Session;
import dev.wisent.connectors.mysql.read.MysqlReadBack;
import dev.wisent.connectors.sql.staged.Sql;
import dev.wisent.connectors.sql.staged.StagedDatabase;
import dev.wisent.connectors.sql.staged.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// The server's SQL. Statements that make and change tables go by a session of their own, beside the transaction of the
/// commit that needs them; what takes another table's place does so after the commit ([Swaps]). A table's mark is in
/// its comment.
final class MysqlDatabase implements StagedDatabase {
    private static final String PART = "_wisent_part";
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final MysqlOptions options;
    private final Connections connections;
    private final Swaps swaps;
    private final Lock lock = new ReentrantLock();
    private volatile String collation = "utf8mb4_bin";
    private boolean hasSwaps;

    MysqlDatabase(MysqlOptions options) {
        this.options = options;
        this.connections = new Connections(options.address());
        this.swaps = new Swaps(table(Swaps.TABLE), options.pipeline());
    }

    @Override
    public Path file() {
        return options.parts();
    }

    @Override
    public String place() {
        return options.address().toString();
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public Lock lock() {
        return lock;
    }

    @Override
    public TableName progressTable() {
        return new TableName(options.address().database(), "_wisent_progress");
    }

    @Override
    public TableName name(TargetId target) {
        return new Names(options.address()).table(target);
    }

    @Override
    public TableName hidden(TableName table, GenerationId generation) {
        return Names.hidden(table, generation);
    }

    @Override
    public void check(Schema columns) {
        new Names(options.address()).check(columns);
    }

    @Override
    public Connection connect() {
        Connection in = connections.connect();
        try {
            collation = Session.isMariaDb(in) ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
            return in;
        } catch (SQLException e) {
            throw failure(e, "connecting");
        }
    }

    @Override
    public Connection shaping(Connection in) throws SQLException {
        return connections.beside();
    }

    @Override
    public void tryOut(Connection in) throws SQLException {
        String name = "_wisent_check_" + UUID.randomUUID().toString().replace("-", "");
        Sql sql = new Sql(in);
        sql.run("CREATE TABLE " + table(name) + " (id INT) ENGINE = InnoDB");
        sql.run("DROP TABLE " + table(name));
        sql.run("CREATE TEMPORARY TABLE " + name + " (id INT)");
        sql.run("DROP TEMPORARY TABLE " + name);
    }

    @Override
    public void begin(Connection in) throws SQLException {
        settle(in);
        in.setAutoCommit(false);
    }

    @Override
    public void ended(Connection in) throws SQLException {
        in.setAutoCommit(true);
    }

    @Override
    public void settle(Connection in) throws SQLException {
        if (!hasSwaps) {
            new Sql(in).run(swaps.create(keyType()));
            hasSwaps = true;
        }
        swaps.settle(in, connections.beside());
    }

    /// A part becomes a table of the session.
    @Override
    public void attach(Connection in, List<Path> parts) throws SQLException {
        for (int i = 0; i < parts.size(); i++) {
            try {
                String name = PART + i;
                new Sql(in)
                        .run("CREATE TEMPORARY TABLE " + name + " ("
                                + shapes(in).declared(PartFile.columns(parts.get(i))) + ") ENGINE = InnoDB");
                in.setAutoCommit(false);
                try (Statement insert = in.createStatement()) {
                    insert.setEscapeProcessing(false);
                    PartFile.read(
                            parts.get(i),
                            (columns, rows) -> insert.executeUpdate("INSERT INTO " + name + " VALUES " + rows));
                }
                in.commit();
                in.setAutoCommit(true);
            } catch (IOException e) {
                throw WisentException.of(ErrorCode.DESTINATION_CORRUPT, "a part can't be read: " + e.getMessage())
                        .where(parts.get(i).toString())
                        .causedBy(e);
            }
        }
    }

    @Override
    public void detach(Connection in, int parts) throws SQLException {
        for (int i = 0; i < parts; i++) {
            new Sql(in).run("DROP TEMPORARY TABLE " + PART + i);
        }
    }

    @Override
    public String from(Path part, int index) {
        return PART + index;
    }

    @Override
    public String value(String expression, DataType from, DataType to) {
        return MysqlTypes.value(expression, from, to);
    }

    @Override
    public String instant(Instant at) {
        return Sql.literal(INSTANT.format(at));
    }

    @Override
    public boolean isOrdered(DataType type) {
        return true;
    }

    @Override
    public boolean canRetype(DataType from, DataType to) {
        return switch (to) {
            case DataType.Int i -> from instanceof DataType.Int;
            case DataType.Decimal d -> from instanceof DataType.Decimal || from instanceof DataType.Int;
            case DataType.Float f -> from instanceof DataType.Int || from instanceof DataType.Float;
            case DataType.TimestampNtz t -> from instanceof DataType.Date;
            default -> false;
        };
    }

    /// In the session's own database.
    @Override
    public String temporary(String name) {
        return name;
    }

    /// A table of the session is named once in a statement: MySQL opens it no second time.
    @Override
    public String makeTemporary(String name, String select) {
        return "CREATE TEMPORARY TABLE " + name + " AS " + select;
    }

    /// A plain DROP TABLE would end the transaction.
    @Override
    public String dropTemporary(String name) {
        return "DROP TEMPORARY TABLE " + name;
    }

    /// Null counts as lower than any value.
    @Override
    public String highestFirst(String column) {
        return column + " DESC";
    }

    @Override
    public String delete(String into, String from, String which) {
        return "DELETE t FROM " + into + " AS t JOIN " + from + " AS s ON " + which;
    }

    @Override
    public String assigned(String column) {
        return "t." + column;
    }

    @Override
    public String update(String into, String sets, String from, String which) {
        return "UPDATE " + into + " AS t JOIN " + from + " AS s ON " + which + " SET " + sets;
    }

    @Override
    public boolean hasTable(Connection in, TableName table) throws SQLException {
        return new ServerTables(in).has(table);
    }

    @Override
    public List<String> columns(Connection in, TableName table) throws SQLException {
        return new ServerTables(in).columns(table);
    }

    @Override
    public Optional<String> mark(Connection in, TableName table) throws SQLException {
        return new ServerTables(in).mark(table);
    }

    /// It has a mark that no progress knows, and no row.
    @Override
    public boolean isAbandoned(Connection in, TableName table) throws SQLException {
        ServerTables tables = new ServerTables(in);
        Optional<String> mark = tables.mark(table);
        return mark.isPresent()
                && tables.isEmpty(table)
                && new Sql(in)
                        .texts(
                                "SELECT 1 FROM " + table("_wisent_targets") + " WHERE INSTR(identity, ?) > 0",
                                mark.get())
                        .isEmpty();
    }

    @Override
    public void create(Connection in, TableName table, Schema columns, String mark) throws SQLException {
        if (isAbandoned(in, table)) {
            new Sql(in).run("DROP TABLE " + table.sql());
        }
        shapes(in).create(table, columns, mark);
    }

    @Override
    public List<String> creating(TableName table, Schema columns, String mark) {
        return List.of(Shapes.creating(table, columns, mark, collation));
    }

    @Override
    public List<String> altering(TableName table, Schema before, Schema after) {
        return Shapes.altering(table, before, after, collation);
    }

    @Override
    public ReadBack readBack() {
        return MysqlReadBack.of(options.address(), this::name);
    }

    private Shapes shapes(Connection in) {
        return new Shapes(in, collation, place());
    }

    @Override
    public void alter(Connection in, TableName table, Schema before, Schema after) throws SQLException {
        shapes(in).alter(table, before, after);
    }

    @Override
    public void index(Connection in, TableName table, Schema columns, List<String> key) throws SQLException {
        shapes(in).index(table, columns, key);
    }

    @Override
    public Optional<String> clustering(TableName table, String mark, Schema columns, List<String> keys) {
        return Optional.of(Shapes.indexing(Shapes.CLUSTER, table, columns, keys));
    }

    @Override
    public String unclustering(TableName table, String mark) {
        return "DROP INDEX " + Shapes.CLUSTER + " ON " + table.sql();
    }

    @Override
    public List<String> clustered(Connection in, TableName table, String mark) throws SQLException {
        return new ServerTables(in).indexed(table, Shapes.CLUSTER);
    }

    @Override
    public void drop(Connection in, TableName table) throws SQLException {
        swaps.drop(in, table);
    }

    @Override
    public boolean replacesLater() {
        return true;
    }

    /// Indexes are made on the hidden table before; the swap follows the commit.
    @Override
    public void replace(Connection in, TableName live, TableName hidden) throws SQLException {
        Connection beside = connections.beside();
        if (new ServerTables(beside).has(live)) {
            shapes(beside).carryOver(live, hidden);
        }
        swaps.replace(in, live, hidden);
    }

    @Override
    public void sweep(Connection in, Set<TargetId> targets, Optional<GenerationId> open) throws SQLException {
        Set<TargetId> all = new HashSet<>(targets);
        all.add(options.target());
        ServerTables tables = new ServerTables(in);
        for (TargetId target : all) {
            TableName name = name(target);
            for (String each : tables.startingWith(name.schema(), Names.hiddenStem(name))) {
                TableName hidden = new TableName(name.schema(), each);
                boolean goesOn = open.isPresent() && hidden.equals(hidden(name, open.get()));
                if (!goesOn && each.substring(Names.hiddenStem(name).length()).matches("\\d+(_old)?")) {
                    new Sql(in).run("DROP TABLE IF EXISTS " + hidden.sql());
                }
            }
        }
    }

    @Override
    public String table(String name) {
        return new TableName(options.address().database(), name).sql();
    }

    /// Three of them fit into a key.
    @Override
    public String keyType() {
        return "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE " + collation;
    }

    @Override
    public String textType() {
        return "LONGTEXT CHARACTER SET utf8mb4 COLLATE " + collation;
    }

    @Override
    public String forUpdate() {
        return "FOR UPDATE";
    }

    @Override
    public String insertIfAbsent(String table, String columns, String values) {
        return "INSERT IGNORE INTO " + table + " (" + columns + ") VALUES (" + values + ")";
    }

    @Override
    public WisentException failure(SQLException cause, String what) {
        return connections.failure(cause);
    }

    @Override
    public boolean leavesOpen(SQLException cause) {
        return MysqlFailure.isLost(cause);
    }

    @Override
    public void close() {
        connections.close();
    }
}
