package dev.wisent.connectors.postgres.load;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.sql.CommitTables;
import dev.wisent.connectors.sql.staged.RowChanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The tables rows go to: made where they are missing, and known again. Of each that Wisent wrote it is kept which one it was:
/// the table's oid, which another table of the same name has not, and the number of its file, which changes when it is emptied
/// by TRUNCATE (and when it is rewritten, as by VACUUM FULL; then it is not empty).
final class Targets {
    /// Behind what is kept of a table that Wisent made.
    private static final String MADE = "/made";

    private final PostgresOptions options;
    private final Connections connections;
    private final CommitTables tables;
    private final Clusters clusters;
    private final Map<TableName, Known> known = new ConcurrentHashMap<>();

    /// What a table looked like when it was found to be the stream's own and as rows are encoded for.
    private record Known(StreamId stream, String shape, List<TargetType> types) {}

    Targets(PostgresOptions options, Connections connections, CommitTables tables) {
        this.options = options;
        this.connections = connections;
        this.tables = tables;
        this.clusters = new Clusters(options);
    }

    TableName name(TargetId target) {
        return options.table(target);
    }

    /// How rows of `schema` go into the table of `target`, which is made if it is not there: at once, for all to see, still
    /// empty.
    ///
    /// @param primaryKey what rows are merged by: an index for it is made with the table; empty: they are not
    TableFit fit(StreamId stream, TargetId target, Schema schema, List<String> primaryKey) {
        TableName table = name(target);
        return connections.callAgain("looking at table " + table, in -> {
            if (isMissing(in, table)) {
                make(in, table, schema, "", primaryKey);
                rememberMade(in, stream, target);
            }
            TableFit fit = TableFit.of(table, there(in, table), maker(in, stream, target), schema);
            clusters.ready(in, fit, target);
            return fit;
        });
    }

    /// How rows go into a hidden table, which is made if it is not there.
    ///
    /// @param comment names the target
    /// @param primaryKey what rows are merged by: an index for it is made with the table; empty: they are not
    TableFit fitHidden(TableName table, Schema schema, String comment, List<String> primaryKey) {
        return connections.callAgain("looking at table " + table, in -> {
            if (isMissing(in, table)) {
                make(in, table, schema, comment, primaryKey);
            }
            return TableFit.of(table, there(in, table), TableFit.Maker.WISENT, schema);
        });
    }

    /// If so, nobody else makes it before this transaction ends: of two workers that find it missing, one makes it.
    private static boolean isMissing(Connection in, TableName table) throws SQLException {
        if (PostgresTable.find(in, table.schema(), table.table()).isPresent()) {
            return false;
        }
        Generations.execute(in, "SELECT pg_advisory_xact_lock(" + LOCK + ")");
        return PostgresTable.find(in, table.schema(), table.table()).isEmpty();
    }

    private static PostgresTable there(Connection in, TableName table) throws SQLException {
        return PostgresTable.find(in, table.schema(), table.table())
                .orElseThrow(() -> new SQLException("table " + table + " was dropped when it was made"));
    }

    Clusters clusters() {
        return clusters;
    }

    /// Who made the table of `target` that was written last.
    TableFit.Maker maker(Connection in, StreamId stream, TargetId target) throws SQLException {
        return tables.identities(in, stream).getOrDefault(target, "").endsWith(MADE)
                ? TableFit.Maker.WISENT
                : TableFit.Maker.SOMEBODY;
    }

    static void make(Connection in, TableName table, Schema schema, String comment, List<String> primaryKey)
            throws SQLException {
        makeSchema(in, table.schema());
        for (String statement : TableFit.create(table, schema)) {
            Generations.execute(in, statement);
        }
        if (!comment.isEmpty()) {
            Generations.execute(in, "COMMENT ON TABLE " + table.quoted() + " IS " + Session.literal(comment));
        }
        if (schema.indexOf(RowChanges.OP).isPresent()) {
            Generations.execute(
                    in,
                    "COMMENT ON COLUMN " + table.quoted() + "." + Session.quoted(RowChanges.OP) + " IS "
                            + Session.literal(Merges.remark(primaryKey)));
        } else if (!primaryKey.isEmpty()) {
            Generations.execute(in, OwnIndex.KEY.create(in, table, primaryKey));
        }
    }

    /// Makes a schema if it is not there. (`IF NOT EXISTS` asks for the right to make one also where there is one.)
    static void makeSchema(Connection in, String name) throws SQLException {
        try (PreparedStatement select =
                in.prepareStatement("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return;
                }
            }
        }
        try (Statement statement = in.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + Session.quoted(name));
        }
    }

    /// The number of the lock under which tables are made: "wisent" in ASCII.
    static final long LOCK = 0x77_6973_656E_74L;

    /// What is kept of a table: its oid and the number of its file. Empty: there is none.
    static Optional<String> identity(Connection in, TableName table) throws SQLException {
        try (PreparedStatement select =
                in.prepareStatement("SELECT c.oid::text || '/' || coalesce(pg_relation_filenode(c.oid), 0)"
                        + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')")) {
            select.setString(1, table.schema());
            select.setString(2, table.table());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /// Refuses to write to the live table of `target` if it is not the one that was written last, or was emptied since.
    void recognize(Connection in, StreamId stream, TargetId target) throws SQLException {
        Optional<String> known = Optional.ofNullable(
                        tables.identities(in, stream).get(target))
                .map(identity -> identity.replace(MADE, ""));
        if (known.isEmpty()) {
            return;
        }
        TableName table = name(target);
        Optional<String> now = identity(in, table);
        if (now.isEmpty()) {
            throw connections.foreign(table, "table '" + table + "' was dropped since Wisent wrote it last");
        }
        if (!oid(now.get()).equals(oid(known.get()))) {
            throw connections.foreign(
                    table, "table '" + table + "' was dropped and made anew since Wisent wrote it last");
        }
        if (!now.get().equals(known.get()) && isEmpty(in, table)) {
            throw connections.foreign(table, "table '" + table + "' was emptied since Wisent wrote it last");
        }
    }

    /// Makes sure that `table` stays as it is until the transaction ends, and says what that is: which table, which file, which
    /// columns. One request, for every commit begins with it.
    static String lock(Connection in, TableName table) throws SQLException {
        try (PreparedStatement both = in.prepareStatement("LOCK TABLE " + table.quoted()
                + " IN ROW EXCLUSIVE MODE; SELECT c.oid || '/' || coalesce(pg_relation_filenode(c.oid), 0) || '/' ||"
                + " (SELECT string_agg(concat_ws(':', a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull,"
                + " a.atthasdef, a.attidentity, a.attgenerated), ',' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a"
                + " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)"
                + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = " + Session.literal(table.schema()) + " AND c.relname = "
                + Session.literal(table.table()))) {
            both.execute();
            both.getMoreResults();
            try (ResultSet row = both.getResultSet()) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        }
    }

    /// Whether a table of this shape was found to be as it has to be before.
    boolean isKnown(StreamId stream, TableFit fit, String shape) {
        return Optional.of(new Known(stream, shape, fit.types())).equals(Optional.ofNullable(known.get(fit.table())));
    }

    /// It was found so.
    void isAsItHasToBe(StreamId stream, TableFit fit, String shape) {
        known.put(fit.table(), new Known(stream, shape, fit.types()));
    }

    /// Refuses to replace rows that this stream of this pipeline did not write.
    void refuseForeign(Connection in, TableName table) throws SQLException {
        if (identity(in, table).isPresent() && !isEmpty(in, table)) {
            throw WisentException.of(
                            ErrorCode.DESTINATION_FOREIGN,
                            "table '" + table + "' has rows that this stream of this pipeline did not write")
                    .where(options.address() + ", table " + table)
                    .tried("putting the rows of a full refresh in their place")
                    .hint("name another destination_id; or, if nobody needs those rows, empty the table: TRUNCATE "
                            + table.quoted());
        }
    }

    /// Notes, in the transaction of a commit, which table `target` is.
    void remember(Connection in, StreamId stream, TargetId target) throws SQLException {
        Optional<String> now = identity(in, name(target));
        String known = tables.identities(in, stream).getOrDefault(target, "");
        if (now.isPresent() && !now.get().equals(known.replace(MADE, ""))) {
            tables.remember(in, stream, target, now.get() + (isMade(known, now.get()) ? MADE : ""));
        }
    }

    private static boolean isMade(String known, String now) {
        return known.endsWith(MADE) && oid(known).equals(oid(now));
    }

    /// The same of a table that Wisent made.
    void rememberMade(Connection in, StreamId stream, TargetId target) throws SQLException {
        Optional<String> now = identity(in, name(target));
        if (now.isPresent()) {
            tables.remember(in, stream, target, now.get() + MADE);
        }
    }

    static boolean isEmpty(Connection in, TableName table) throws SQLException {
        try (Statement statement = in.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM " + table.quoted() + " LIMIT 1")) {
            return !row.next();
        }
    }

    private static String oid(String identity) {
        return identity.substring(0, identity.indexOf('/'));
    }
}
