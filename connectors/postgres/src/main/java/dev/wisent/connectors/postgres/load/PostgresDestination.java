package dev.wisent.connectors.postgres.load;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.format.FileFormats;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.postgres.read.PostgresReadBack;
import dev.wisent.connectors.sql.CommitTables;
import dev.wisent.connectors.sql.staged.ChildReadBack;
import dev.wisent.connectors.sql.staged.ChildTables;
import dev.wisent.connectors.sql.staged.Merging;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Exactly once into tables of a PostgreSQL database. The rows of a cut are in the open transaction of a session; its commit
/// writes the progress in that same transaction, which one COMMIT then brings in as a whole ([CommitTables]).
///
/// A COMMIT that is not answered is told as [CommitOutcome.Unknown]; before the same commit is looked at again, the server's
/// process that may still be at it is ended (R4).
final class PostgresDestination implements Destination {
    /// Splits are spread over so many sessions at most; the number stays the same, so that a split stays in its lane.
    private static final int LANES = 8;

    static final Set<Commit.Mode> MODES = Set.of(Commit.Mode.APPEND, Commit.Mode.MERGE);

    private final PostgresOptions options;
    private final Connections connections;
    private final CommitTables tables;
    private final Targets targets;
    private final Generations generations;
    private final Sessions sessions;
    private final Merges merges;
    private volatile boolean isMade;

    PostgresDestination(PostgresOptions options) {
        this.options = options;
        this.connections = new Connections(options);
        this.tables = new CommitTables(new PostgresDialect(options), options.pipeline());
        this.targets = new Targets(options, connections, tables);
        this.merges = new Merges(options);
        this.generations = new Generations(options, targets, tables, merges);
        this.sessions = new Sessions(options, connections, targets);
    }

    /// Makes what a first run would make, in a transaction that is rolled back.
    @Override
    public void check() {
        connections.call("making a table and taking it back", in -> {
            TableName name = targets.name(options.target());
            Optional<PostgresTable> there = PostgresTable.find(in, name.schema(), name.table());
            if (there.isPresent() && there.get().kind() != 'r' && there.get().kind() != 'p') {
                throw WisentException.of(ErrorCode.SCHEMA_REFUSED, "'" + name + "' is a view, not a table")
                        .where(location())
                        .hint("name another destination_id");
            }
            if (!hasTables(in)) {
                Targets.makeSchema(in, options.schema());
                tables.create(in);
            }
            Targets.makeSchema(in, name.schema());
            Generations.execute(
                    in, "CREATE TABLE " + new TableName(name.schema(), "_wisent_check").quoted() + " (id bigint)");
            if (options.writeMode() == Commit.Mode.MERGE) {
                Generations.execute(in, "CREATE TEMP TABLE _wisent_check (id bigint) ON COMMIT DROP");
            }
            in.rollback();
            return true;
        });
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                Capabilities.Guarantee.EXACTLY_ONCE,
                Fragment.Kind.SESSION,
                options.writeMode() == Commit.Mode.MERGE ? 1 : LANES,
                Capabilities.Processes.MANY,
                MODES,
                Capabilities.Widenings.COMPATIBLE);
    }

    @Override
    public ProgressView progress(StreamId stream) {
        return connections.callAgain(
                "reading the progress", in -> isMade || hasTables(in) ? tables.read(in, stream) : ProgressView.EMPTY);
    }

    @Override
    public LaneWriter open(WriteRequest request) {
        Optional<Generation> hidden = progress(request.stream())
                .open()
                .map(OpenGeneration::generation)
                .filter(open -> open.id().equals(request.generation()));
        Sessions.Placement placement = hidden.isPresent() ? Sessions.Placement.HIDDEN : Sessions.Placement.LIVE;
        boolean joins =
                hidden.filter(open -> open.kind() == Generation.Kind.APPEND).isPresent();
        Sessions.Arrival merged = joins ? Sessions.Arrival.WAITING : Sessions.Arrival.MERGED;
        Sessions.Arrival arrival = request.primaryKey().isEmpty() ? Sessions.Arrival.APPENDED : merged;
        return ChildTables.over(
                new SessionWriter(sessions, request, placement, arrival),
                options.merging().childTables());
    }

    @Override
    public CommitOutcome commit(Commit commit) {
        try {
            return decided(commit);
        } catch (WisentException failed) {
            if (failed.isTransient()) {
                return new CommitOutcome.Unknown(commit.head().n(), failed);
            }
            throw failed;
        }
    }

    private CommitOutcome decided(Commit commit) {
        make();
        List<Fragment> fragments = commit instanceof Commit.Data data ? data.fragments() : List.of();
        Optional<String> id = fragments.stream().map(Fragment::description).findFirst();
        if (fragments.stream().map(Fragment::description).distinct().count() > 1) {
            throw new IllegalArgumentException("a commit has the rows of one session, not of several");
        }
        Optional<CopySession> session = id.flatMap(sessions::find);
        Optional<Connection> rows = session.flatMap(CopySession::connection);
        if (rows.isPresent()) {
            return commit(commit, session.get(), rows.get());
        }
        session.ifPresent(sessions::end);
        CommitOutcome outcome = commitWithoutRows(commit, fragment -> true);
        session.ifPresent(sessions::giveUp);
        return outcome;
    }

    private CommitOutcome commit(Commit commit, CopySession session, Connection in) {
        try {
            CommitOutcome outcome = tables.commit(in, commit, fragment -> false, (same, accepted, before) -> {
                if (!session.staged().isEmpty()) {
                    connections.mayWork(same);
                    merges.merge(same, session.staged(), session.primaryKey());
                }
                apply(same, accepted, before);
            });
            if (outcome instanceof CommitOutcome.Unknown) {
                session.lose();
            } else {
                sessions.ended(session);
            }
            return outcome;
        } catch (RuntimeException failed) {
            session.lose();
            throw failed;
        }
    }

    private CommitOutcome commitWithoutRows(Commit commit, Predicate<Fragment> sessionGone) {
        Connection in = taken();
        try {
            CommitOutcome outcome = tables.commit(in, commit, sessionGone, this::apply);
            if (outcome instanceof CommitOutcome.Unknown) {
                Connections.end(in);
            } else {
                connections.give(in);
            }
            return outcome;
        } catch (RuntimeException failed) {
            Connections.end(in);
            throw failed;
        }
    }

    private Connection taken() {
        try {
            return connections.take();
        } catch (SQLException failed) {
            throw connections.failure(failed, "connecting");
        }
    }

    /// What a commit does beside storing the progress, in the same transaction.
    private void apply(Connection in, Commit commit, ProgressView before) throws SQLException {
        StreamId stream = commit.head().stream();
        switch (commit) {
            case Commit.Claim claim -> {}
            case Commit.Begin begin -> {}
            case Commit.Data data -> {
                if (data.generation().equals(before.live().id())) {
                    live(in, stream, data);
                }
            }
            case Commit.Publish publish -> {
                connections.mayWork(in);
                generations.publish(in, stream, before.open().orElseThrow());
            }
            case Commit.Drop drop -> generations.drop(in, stream, drop.generation());
        }
        Boundary.reached(Boundary.MANIFEST_WRITTEN);
    }

    private void live(Connection in, StreamId stream, Commit.Data data) throws SQLException {
        if (data.fragments().isEmpty()) {
            for (TargetId target : tables.identities(in, stream).keySet()) {
                targets.recognize(in, stream, target);
            }
        }
        for (Fragment fragment : data.fragments()) {
            targets.remember(in, stream, fragment.target());
        }
        if (data.mode() == Commit.Mode.MERGE && options.merging().childTables() > 0) {
            connections.mayWork(in);
            generations.prune(in, stream);
        }
    }

    /// Makes Wisent's own tables, once.
    private void make() {
        if (isMade) {
            return;
        }
        connections.call("making the tables of the progress", in -> {
            if (!hasTables(in)) {
                Generations.execute(in, "SELECT pg_advisory_xact_lock(" + Targets.LOCK + ")");
                Targets.makeSchema(in, options.schema());
                tables.create(in);
            }
            return true;
        });
        isMade = true;
    }

    private boolean hasTables(Connection in) throws SQLException {
        try (Statement statement = in.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass("
                        + Session.literal(new TableName(options.schema(), "_wisent_targets").quoted())
                        + ") IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public void sweep(Commit.Claim held) {
        sessions.sweep(held);
        StreamId stream = held.head().stream();
        Optional<OpenGeneration> open = progress(stream).open();
        connections.callAgain("dropping hidden tables that nobody wants", in -> {
            generations.sweep(in, stream, open);
            return true;
        });
    }

    @Override
    public Optional<ReadBack> readBack(FileFormats formats) {
        return Optional.of(ChildReadBack.over(
                PostgresReadBack.of(options.address(), options.schema()),
                options.merging().childTables()));
    }

    @Override
    public Optional<List<String>> ddl(
            StreamId stream, TargetId target, Schema rows, List<String> mergedBy, Optional<Generation.Kind> hidden) {
        List<String> statements = new ArrayList<>();
        ChildTables.schemas(target, rows, options.merging().childTables()).forEach((each, columns) -> {
            boolean isMerged = !mergedBy.isEmpty() && !ChildTables.isChild(columns);
            statements.addAll(statements(
                    stream,
                    each,
                    isMerged ? Merging.columns(columns, options.merging()) : columns,
                    isMerged ? mergedBy : List.of(),
                    hidden));
        });
        return Optional.of(statements);
    }

    private List<String> statements(
            StreamId stream, TargetId target, Schema columns, List<String> mergedBy, Optional<Generation.Kind> hidden) {
        TableName table = targets.name(target);
        return connections.call("looking at table " + table, in -> {
            TableFit.Maker maker = hasTables(in) ? targets.maker(in, stream, target) : TableFit.Maker.SOMEBODY;
            return new TableStatements(
                            in,
                            table,
                            maker,
                            options.clustering(target, columns),
                            options.address().toString())
                    .of(columns, mergedBy, hidden);
        });
    }

    @Override
    public List<String> warnings(StreamId stream) {
        return targets.clusters().warnings();
    }

    private String location() {
        return options.address() + ", table " + targets.name(options.target());
    }

    @Override
    public String location(StreamId stream) {
        return location();
    }

    @Override
    public void close() {
        sessions.close();
        connections.close();
    }
}
