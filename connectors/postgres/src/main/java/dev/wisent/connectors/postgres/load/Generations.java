package dev.wisent.connectors.postgres.load;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.sql.CommitTables;
import dev.wisent.connectors.sql.staged.Merging;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Publishes and drops generations, in the transaction of their commit. The rows of an open one are in hidden tables, one for
/// each target, whose comments name the target.
final class Generations {
    private final PostgresOptions options;
    private final Targets targets;
    private final CommitTables tables;
    private final Merges merges;

    Generations(PostgresOptions options, Targets targets, CommitTables tables, Merges merges) {
        this.options = options;
        this.targets = targets;
        this.tables = tables;
        this.merges = merges;
    }

    void publish(Connection in, StreamId stream, OpenGeneration open) throws SQLException {
        Map<TargetId, TableName> hidden = hidden(in, stream, open.generation().id());
        boolean prunes =
                options.writeMode() == Commit.Mode.MERGE && options.merging().childTables() > 0;
        if (open.generation().kind() == Generation.Kind.APPEND) {
            for (Map.Entry<TargetId, TableName> one : hidden.entrySet()) {
                targets.recognize(in, stream, one.getKey());
                TableFit.Maker maker = joinOrMerge(in, stream, one.getValue(), one.getKey());
                if (maker == TableFit.Maker.WISENT) {
                    targets.clusters().make(in, targets.name(one.getKey()), one.getKey());
                }
                remember(in, stream, one.getKey(), maker);
            }
            if (prunes) {
                prune(in, stream);
            }
            return;
        }
        if (prunes) {
            Orphans.delete(in, hidden);
        }
        TreeSet<TargetId> written = new TreeSet<>(Comparator.comparing(TargetId::name));
        written.addAll(tables.identities(in, stream).keySet());
        for (Map.Entry<TargetId, TableName> one : hidden.entrySet()) {
            TableName live = targets.name(one.getKey());
            if (!written.contains(one.getKey())) {
                targets.refuseForeign(in, live);
            }
            remember(in, stream, one.getKey(), replace(in, stream, one.getValue(), one.getKey()));
        }
        for (TargetId target : written) {
            if (!hidden.containsKey(target)) {
                empty(in, targets.name(target));
                targets.remember(in, stream, target);
            }
        }
        if (written.isEmpty() && hidden.isEmpty() && open.content().schema().isPresent()) {
            makeEmpty(in, stream, open.content().schema().get());
        }
    }

    /// Deletes elements of lists that rows do not have any more.
    void prune(Connection in, StreamId stream) throws SQLException {
        Map<TargetId, TableName> live = new LinkedHashMap<>();
        tables.identities(in, stream).keySet().forEach(target -> live.put(target, targets.name(target)));
        Orphans.delete(in, live);
    }

    /// A first refresh without any row shows an empty table.
    private void makeEmpty(Connection in, StreamId stream, Schema schema) throws SQLException {
        TableName live = targets.name(options.target());
        if (PostgresTable.find(in, live.schema(), live.table()).isEmpty()) {
            Targets.makeSchema(in, live.schema());
            for (String statement : TableFit.create(live, schema)) {
                execute(in, statement);
            }
            targets.clusters().make(in, live, options.target());
            targets.rememberMade(in, stream, options.target());
        }
    }

    private void remember(Connection in, StreamId stream, TargetId target, TableFit.Maker maker) throws SQLException {
        if (maker == TableFit.Maker.WISENT) {
            targets.rememberMade(in, stream, target);
        } else {
            targets.remember(in, stream, target);
        }
    }

    /// Says who made the table that is live afterwards.
    private TableFit.Maker replace(Connection in, StreamId stream, TableName next, TargetId target)
            throws SQLException {
        TableName live = targets.name(target);
        boolean isThere = PostgresTable.find(in, live.schema(), live.table()).isPresent();
        if (!isThere || !Dependents.hasSome(in, live, next)) {
            // before readers have to wait
            targets.clusters().make(in, next, target);
        }
        if (!isThere) {
            execute(in, "COMMENT ON TABLE " + next.quoted() + " IS NULL");
            rename(in, next, live);
            return TableFit.Maker.WISENT;
        }
        execute(in, "LOCK TABLE " + live.quoted() + " IN ACCESS EXCLUSIVE MODE");
        if (Dependents.hasSome(in, live, next)) {
            clear(in, live);
            return join(in, stream, next, target);
        }
        Dependents.carryOver(in, live, next);
        execute(in, "DROP TABLE " + live.quoted());
        rename(in, next, live);
        return TableFit.Maker.WISENT;
    }

    private static void rename(Connection in, TableName next, TableName live) throws SQLException {
        execute(in, "ALTER TABLE " + next.quoted() + " RENAME TO " + Session.quoted(live.table()));
    }

    /// Nothing was written for a target that was written before: it has no rows any more.
    private static void empty(Connection in, TableName live) throws SQLException {
        if (PostgresTable.find(in, live.schema(), live.table()).isPresent()) {
            clear(in, live);
        }
    }

    /// TRUNCATE is refused where another table refers to this one; rows nobody refers to can be deleted all the same.
    private static void clear(Connection in, TableName live) throws SQLException {
        execute(in, (Dependents.isReferredTo(in, live) ? "DELETE FROM " : "TRUNCATE ") + live.quoted());
    }

    private TableFit.Maker joinOrMerge(Connection in, StreamId stream, TableName next, TargetId target)
            throws SQLException {
        TableName live = targets.name(target);
        PostgresTable from = PostgresTable.find(in, next.schema(), next.table()).orElseThrow();
        if (!Merges.wait(from)) {
            return join(in, stream, next, target);
        }
        TableFit.Maker maker = targets.maker(in, stream, target);
        Schema columns = Merging.columns(Merges.waiting(from), options.merging());
        if (PostgresTable.find(in, live.schema(), live.table()).isEmpty()) {
            Targets.make(in, live, columns, "", Merges.key(from));
            maker = TableFit.Maker.WISENT;
        } else {
            grow(in, columns, live, maker);
        }
        merges.mergeWaiting(in, from, live);
        execute(in, "DROP TABLE " + next.quoted());
        return maker;
    }

    /// Moves all rows of `next`, which is dropped, to `live`, which may have to grow.
    private TableFit.Maker join(Connection in, StreamId stream, TableName next, TargetId target) throws SQLException {
        TableName live = targets.name(target);
        PostgresTable from = PostgresTable.find(in, next.schema(), next.table()).orElseThrow();
        if (PostgresTable.find(in, live.schema(), live.table()).isEmpty()) {
            execute(in, "COMMENT ON TABLE " + next.quoted() + " IS NULL");
            rename(in, next, live);
            return TableFit.Maker.WISENT;
        }
        TableFit.Maker maker = targets.maker(in, stream, target);
        grow(in, Merges.waiting(from), live, maker);
        String columns = from.columns().stream()
                .map(column -> Session.quoted(column.name()))
                .collect(Collectors.joining(", "));
        execute(in, "INSERT INTO " + live.quoted() + " (" + columns + ") SELECT " + columns + " FROM " + next.quoted());
        execute(in, "DROP TABLE " + next.quoted());
        return maker;
    }

    private static void grow(Connection in, Schema rows, TableName live, TableFit.Maker maker) throws SQLException {
        PostgresTable there =
                PostgresTable.find(in, live.schema(), live.table()).orElseThrow();
        TableFit fit = TableFit.of(live, there, maker, rows);
        for (String statement : fit.statements()) {
            execute(in, statement);
        }
    }

    void drop(Connection in, StreamId stream, GenerationId generation) throws SQLException {
        for (TableName table : hidden(in, stream, generation).values()) {
            execute(in, "DROP TABLE " + table.quoted());
        }
    }

    /// Drops hidden tables of generations other than `open`.
    void sweep(Connection in, StreamId stream, Optional<OpenGeneration> open) throws SQLException {
        Mark mark = Mark.of(options, stream);
        String kept = open.map(one -> mark.tables(one.generation().id())).orElse("");
        for (TableName table : hidden(in, mark).values()) {
            if (kept.isEmpty() || !table.table().endsWith(kept)) {
                execute(in, "DROP TABLE IF EXISTS " + table.quoted());
            }
        }
    }

    private Map<TargetId, TableName> hidden(Connection in, StreamId stream, GenerationId generation)
            throws SQLException {
        Map<TargetId, TableName> found = new LinkedHashMap<>();
        Mark mark = Mark.of(options, stream);
        String end = mark.tables(generation);
        hidden(in, mark).forEach((key, table) -> {
            if (table.table().endsWith(end)) {
                found.put(key.target(), table);
            }
        });
        return found;
    }

    private record Hidden(TargetId target, String table) {}

    private static Map<Hidden, TableName> hidden(Connection in, Mark mark) throws SQLException {
        Map<Hidden, TableName> found = new LinkedHashMap<>();
        try (PreparedStatement select = in.prepareStatement(
                "SELECT n.nspname, c.relname, pg_catalog.obj_description(c.oid, 'pg_class') FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.relkind = 'r' AND position(? IN c.relname) > 0 ORDER BY 1, 2")) {
            select.setString(1, mark.tables());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String target = Optional.ofNullable(rows.getString(3)).orElse("");
                    if (!target.isEmpty()) {
                        found.put(
                                new Hidden(new TargetId(target), rows.getString(2)),
                                new TableName(rows.getString(1), rows.getString(2)));
                    }
                }
            }
        }
        return found;
    }

    static void execute(Connection in, String sql) throws SQLException {
        try (Statement statement = in.createStatement()) {
            statement.execute(sql);
        }
    }
}
