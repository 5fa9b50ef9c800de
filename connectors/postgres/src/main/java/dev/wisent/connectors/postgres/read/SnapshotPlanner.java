package dev.wisent.connectors.postgres.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A full read of one snapshot: ranges of the table's blocks, all read in the snapshot that this planner's own transaction
/// exports and keeps until it is closed. Outside of one snapshot blocks may not be read apart: an update moves rows to
/// blocks that were read already. A run that goes on has another snapshot, so all splits have expired then.
final class SnapshotPlanner implements Planner {
    private static final String BLOCKS =
            "SELECT (pg_relation_size(?::oid) / current_setting('block_size')::bigint)::bigint";
    private static final long BLOCKS_A_SPLIT = 4_096;
    private static final int MOST_SPLITS = 64;

    private final Connection connection;
    private final Relation relation;
    private final String snapshot;
    private final boolean resumed;
    private final List<Long> starts;
    private final long began = System.nanoTime();
    private final List<String> warnings = new ArrayList<>();
    private boolean answered;

    private SnapshotPlanner(
            Connection connection, Relation relation, String snapshot, boolean resumed, List<Long> starts) {
        this.connection = connection;
        this.relation = relation;
        this.snapshot = snapshot;
        this.resumed = resumed;
        this.starts = starts;
    }

    static SnapshotPlanner of(ReadOptions options, ReadRequest request) {
        try {
            Connection connection = PostgresSource.connect(options);
            try {
                return of(connection, options, request);
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw PostgresSource.failure(failed, options);
        }
    }

    private static SnapshotPlanner of(Connection connection, ReadOptions options, ReadRequest request)
            throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        Relation relation = Relation.find(connection, options);
        PostgresTable table = relation.table().orElseThrow();
        if (table.kind() != 'r' || hasChildren(connection, table)) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "snapshot: true reads plain tables, and " + relation.from() + " is none")
                    .hint("leave it out: a view, a partitioned or an inherited table is read by its key");
        }
        String snapshot = Sql.one(connection, "SELECT pg_export_snapshot()", row -> row.getString(1));
        long blocks = Sql.one(connection, BLOCKS, row -> row.getLong(1), table.oid());
        long count = options.splits().isPresent()
                ? Math.clamp(blocks, 1, options.splits().get())
                : Math.clamp(blocks / BLOCKS_A_SPLIT, 1, MOST_SPLITS);
        List<Long> starts = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            starts.add(blocks * i / count);
        }
        return new SnapshotPlanner(
                connection, relation, snapshot, !request.state().isEmpty(), starts);
    }

    private static boolean hasChildren(Connection connection, PostgresTable table) throws SQLException {
        return Sql.is(connection, "SELECT EXISTS (SELECT 1 FROM pg_inherits WHERE inhparent = ?::oid)", table.oid());
    }

    @Override
    public StreamState opening() {
        return new StreamState("{\"snapshot\":\"" + snapshot + "\"}");
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(relation.spec().schema());
    }

    @Override
    public PlanPage next(Duration wait) {
        if (answered) {
            return new PlanPage.Complete();
        }
        answered = true;
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            String from = i == 0 ? "" : "t.ctid >= '(" + starts.get(i) + ",0)'";
            String to = i + 1 == starts.size() ? "" : "t.ctid < '(" + starts.get(i + 1) + ",0)'";
            SplitSpec spec = SplitSpec.whole(relation.from(), relation.columns())
                    .where(from + (from.isEmpty() || to.isEmpty() ? "" : " AND ") + to)
                    .in(snapshot);
            if (resumed) {
                spec = spec.gone("its snapshot ended with the run that exported it");
            }
            String name = "blocks-" + (i + 1) + "-of-" + starts.size();
            splits.add(new Split(new SplitId(name), name, spec.json(), OptionalLong.empty()));
        }
        return new PlanPage.Splits(splits, List.of());
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() {
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        warnings.add("the snapshot's transaction was open for " + seconds + " s: the server cleaned up no row that was"
                + " updated or deleted meanwhile");
        try {
            connection.close();
        } catch (SQLException gone) {
            // with it the snapshot is gone, too, which is what closing is for
        }
    }
}
