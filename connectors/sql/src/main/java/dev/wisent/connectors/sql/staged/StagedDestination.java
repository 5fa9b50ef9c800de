package dev.wisent.connectors.sql.staged;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.error.WriteFailure;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.format.FileFormats;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.CommitTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Exactly once into the tables of a database in one file, or of a server. Rows wait in parts beside it; a commit is one
/// transaction that brings them in and stores the progress. One connection, opened at the first use and again when
/// it broke. A commit that breaks is repeated by the engine; what only looks waits here for a database that was there and is
/// away, and lets commits pass meanwhile.
public final class StagedDestination implements Destination {
    /// Makes the writer of a lane's parts.
    @FunctionalInterface
    public interface Writers {
        /// @param counter makes the names of parts unique across the writers of this process
        LaneWriter open(WriteRequest request, PartFolder folder, AtomicLong counter);
    }

    /// What only looks at the database, or does the same when it is done again.
    @FunctionalInterface
    private interface Look<T> {
        T at(Connection in) throws SQLException;
    }

    /// How long a database that is away is waited for, as by commits: as long as `engine.retry.budget` is when nobody sets it.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final StagedDatabase database;
    private final StagedOptions options;
    private final Writers writers;
    private final CommitTables tables;
    private final AtomicLong parts = new AtomicLong();
    private Optional<Connection> connection = Optional.empty();
    private boolean hasTables;
    /// Whether there was a connection: what can't be reached at all is told at once.
    private boolean reached;
    private boolean closed;

    public StagedDestination(StagedDatabase database, StagedOptions options, Writers writers) {
        this.database = database;
        this.options = options;
        this.writers = writers;
        this.tables = new CommitTables(database, options.pipeline());
    }

    @Override
    public synchronized void check() {
        if (database.isThere()) {
            try {
                database.tryOut(connection());
                return;
            } catch (SQLException e) {
                disconnect();
                throw database.failure(e, "making a table and taking it back");
            }
        }
        Path folder = Optional.ofNullable(database.file().getParent()).orElse(Path.of("."));
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".wisent", ".check"));
        } catch (IOException e) {
            throw WriteFailure.of(
                    ErrorCode.DESTINATION_CONNECTION, "the database can't be made", database.file(), 0, e);
        }
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                Capabilities.Guarantee.EXACTLY_ONCE,
                Fragment.Kind.DURABLE,
                1,
                Capabilities.Processes.ONE,
                Set.of(Commit.Mode.APPEND, Commit.Mode.MERGE),
                Capabilities.Widenings.COMPATIBLE);
    }

    @Override
    public synchronized ProgressView progress(StreamId stream) {
        if (connection.isEmpty() && !database.isThere()) {
            return ProgressView.EMPTY;
        }
        return patiently(
                in -> hasTables(in) ? tables.read(in, stream) : ProgressView.EMPTY,
                "reading progress of stream " + stream);
    }

    /// Whether there is progress of anybody.
    private boolean hasTables(Connection in) throws SQLException {
        hasTables = hasTables || database.hasTable(in, database.progressTable());
        return hasTables;
    }

    @Override
    public LaneWriter open(WriteRequest request) {
        return ChildTables.over(writers.open(request, folder(request.stream()), parts), options.childTables());
    }

    private PartFolder folder(StreamId stream) {
        return new PartFolder(database.file(), options.pipeline(), stream);
    }

    @Override
    public synchronized CommitOutcome commit(Commit commit) {
        if (!commit.head().lane().equals(LaneId.FIRST)) {
            throw new IllegalArgumentException(
                    "this destination has one lane, not lane " + commit.head().lane());
        }
        PartFolder folder = folder(commit.head().stream());
        List<Path> files = commit instanceof Commit.Data data
                ? data.fragments().stream()
                        .map(f -> folder.of(StagedPart.parse(f.description())))
                        .toList()
                : List.of();
        database.lock().lock();
        try {
            CommitOutcome outcome = decided(commit, folder, files);
            if (outcome instanceof CommitOutcome.Committed) {
                Boundary.reached(Boundary.MANIFEST_LINKED);
                database.settle(connection());
                folder.remove(files);
                Boundary.reached(Boundary.ROLLED_FORWARD);
            } else if (outcome instanceof CommitOutcome.Unknown) {
                disconnect();
            }
            return outcome;
        } catch (SQLException e) {
            disconnect();
            throw database.failure(e, "commit " + commit.head().n());
        } catch (RuntimeException e) {
            disconnect();
            throw e;
        } finally {
            database.lock().unlock();
        }
    }

    private CommitOutcome decided(Commit commit, PartFolder folder, List<Path> files) throws SQLException {
        Connection in = connection();
        List<Path> there = files.stream().filter(Files::exists).toList();
        Loading loading = new Loading(database, options, tables, folder);
        if (there.size() == files.size()) {
            database.attach(in, files);
        }
        database.begin(in);
        if (!hasTables) {
            tables.create(in);
        }
        CommitOutcome outcome = tables.commit(in, commit, fragment -> false, (connection, accepted, before) -> {
            if (there.size() < files.size()) {
                throw gone(files, there);
            }
            loading.apply(connection, accepted, before);
            Boundary.reached(Boundary.MANIFEST_WRITTEN);
        });
        hasTables |= outcome instanceof CommitOutcome.Committed;
        if (!(outcome instanceof CommitOutcome.Unknown)) {
            database.ended(in);
            database.detach(in, there.size() == files.size() ? files.size() : 0);
        }
        return outcome;
    }

    private WisentException gone(List<Path> files, List<Path> there) {
        return WisentException.of(
                        ErrorCode.DESTINATION_CORRUPT,
                        "parts of this commit are gone: "
                                + files.stream()
                                        .filter(f -> !there.contains(f))
                                        .findFirst()
                                        .orElseThrow())
                .where(database.place())
                .hint(
                        "nothing of the commit is in; the next run reads its rows again. Nobody but Wisent may remove parts");
    }

    @Override
    public synchronized void sweep(Commit.Claim held) {
        if (progress(held.head().stream()).lane(LaneId.FIRST).claimedAt()
                == held.head().n()) {
            folder(held.head().stream()).sweepBelow(held.head().n());
            sweepTables(held.head().stream());
        }
    }

    private void sweepTables(StreamId stream) {
        patiently(
                in -> {
                    Optional<GenerationId> open = tables.read(in, stream)
                            .open()
                            .map(o -> o.generation().id());
                    database.sweep(in, tables.identities(in, stream).keySet(), open);
                    return open;
                },
                "removing tables that commits left which did not get in");
    }

    @Override
    public synchronized Optional<List<String>> ddl(
            StreamId stream, TargetId target, Schema rows, List<String> mergedBy, Optional<Generation.Kind> hidden) {
        List<String> statements = new ArrayList<>();
        ChildTables.schemas(target, rows, options.childTables())
                .forEach((each, columns) -> statements.addAll(ddl(
                        stream,
                        each,
                        mergedBy.isEmpty() || ChildTables.isChild(columns)
                                ? columns
                                : Merging.columns(columns, options),
                        hidden)));
        return Optional.of(statements);
    }

    private List<String> ddl(StreamId stream, TargetId target, Schema columns, Optional<Generation.Kind> hidden) {
        TableName name = database.name(target);
        List<String> keys = options.clustering().of(target, columns);
        if (connection.isEmpty() && !database.isThere()) {
            return TableShapes.creating(database, name, columns, keys);
        }
        return patiently(
                in -> {
                    Optional<KnownTable> live = hasTables(in)
                            ? Optional.ofNullable(tables.identities(in, stream).get(target))
                                    .map(TargetTables::parse)
                                    .flatMap(TargetTables::live)
                            : Optional.empty();
                    boolean anew = live.isPresent() && hidden.equals(Optional.of(Generation.Kind.REPLACE));
                    return anew
                            ? TableShapes.creating(database, name, columns, keys)
                            : new TableShapes(database, in).statements(name, live, columns, keys);
                },
                "looking at table " + name);
    }

    @Override
    public Optional<ReadBack> readBack(FileFormats formats) {
        return Optional.of(ChildReadBack.over(database.readBack(), options.childTables()));
    }

    @Override
    public String location(StreamId stream) {
        return database.place();
    }

    private Connection connection() {
        if (connection.isEmpty()) {
            connection = Optional.of(database.connect());
            reached = true;
        }
        return connection.get();
    }

    private synchronized <T> T patiently(Look<T> look, String what) {
        boolean wasThere = reached;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            WisentException failure;
            try {
                return look.at(connection());
            } catch (SQLException e) {
                disconnect();
                failure = database.failure(e, what);
            } catch (WisentException e) {
                disconnect();
                failure = e;
            }
            if (!failure.isTransient() || !wasThere || closed || System.nanoTime() > end) {
                throw failure;
            }
            pause(failure);
        }
    }

    /// Who commits, or closes, need not wait.
    private synchronized void pause(WisentException failure) {
        long end = System.nanoTime() + PAUSE.toNanos();
        try {
            for (long left = PAUSE.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private void disconnect() {
        connection.ifPresent(open -> {
            try {
                open.close();
            } catch (SQLException broken) {
                // Another one is made; this one is given up in any case.
                return;
            }
        });
        connection = Optional.empty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        disconnect();
        database.close();
    }
}
