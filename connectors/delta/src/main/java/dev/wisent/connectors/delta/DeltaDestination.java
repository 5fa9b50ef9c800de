package dev.wisent.connectors.delta;

import dev.wisent.api.LaneId;
import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.commit.Fragment;
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
import dev.wisent.api.lake.LakeTable;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.connectors.delta.log.Features;
import dev.wisent.connectors.delta.log.LogEntry;
import dev.wisent.connectors.delta.state.Changed;
import dev.wisent.connectors.delta.state.DeltaState;
import dev.wisent.connectors.delta.state.Digest;
import dev.wisent.connectors.delta.table.Application;
import dev.wisent.connectors.delta.table.Entries;
import dev.wisent.connectors.delta.table.Seen;
import dev.wisent.connectors.delta.table.StateObjects;
import dev.wisent.connectors.delta.table.TableLog;
import dev.wisent.storage.CreateProbe;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Exactly once into one Delta table. A commit is decided by the one put that makes the next log entry: the entry carries
/// `txn(application, n)`, the digest of the commit's object, and the files that come and go. Who loses the put reads the
/// winner: one of the same application makes the commit stale, another writer's is no obstacle and the commit is tried after
/// it.
final class DeltaDestination implements Destination {
    private final DeltaOptions options;
    private final Supplier<ObjectStore> place;
    private final Clock clock;
    /// Makes part names unique across the writers of this process.
    private final AtomicLong parts = new AtomicLong();
    /// A permit for each data file that may be sent at the same time.
    private final Semaphore uploads;

    private Optional<ObjectStore> store = Optional.empty();
    private Optional<Opened> opened = Optional.empty();

    private static final class Opened {
        final StreamId stream;
        final Application application;
        final TableLog log;
        final Entries entries;
        Seen seen = Seen.nothing();

        Opened(StreamId stream, Application application, TableLog log, Entries entries) {
            this.stream = stream;
            this.application = application;
            this.log = log;
            this.entries = entries;
        }
    }

    /// Each once, from any thread.
    private final Set<String> warnings = Collections.synchronizedSet(new LinkedHashSet<>());

    /// @param place opens the store of the table's folder; asked once, at the first use
    DeltaDestination(DeltaOptions options, Supplier<ObjectStore> place, Clock clock) {
        this.options = options;
        this.uploads = new Semaphore(options.sending().filesAtOnce());
        this.place = place;
        this.clock = clock;
    }

    private synchronized ObjectStore store() {
        if (store.isEmpty()) {
            store = Optional.of(place.get());
        }
        return store.get();
    }

    @Override
    public synchronized void check() {
        Opened table = opened(new StreamId("check"));
        catchUp(table);
        CreateProbe.check(store());
        opened = Optional.empty();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                Capabilities.Guarantee.EXACTLY_ONCE,
                Fragment.Kind.DURABLE,
                1,
                Capabilities.Processes.MANY,
                Set.of(Commit.Mode.APPEND),
                Capabilities.Widenings.COMPATIBLE);
    }

    @Override
    public synchronized ProgressView progress(StreamId stream) {
        return catchUp(opened(stream)).state().progress().view();
    }

    @Override
    public synchronized LaneWriter open(WriteRequest request) {
        return new DeltaLaneWriter(
                options,
                store(),
                new Application(options.pipeline(), request.stream()),
                request,
                parts,
                uploads,
                opened(request.stream()).entries.partitionColumns(lastSeen(request.stream()), request.generation()),
                clock,
                warnings::add);
    }

    /// The table as it was when it was last looked at.
    private Seen lastSeen(StreamId stream) {
        Opened table = opened(stream);
        return table.seen.table().isPresent() ? table.seen : catchUp(table);
    }

    @Override
    public synchronized CommitOutcome commit(Commit commit) {
        if (!commit.head().lane().equals(LaneId.FIRST)) {
            throw new IllegalArgumentException(
                    "this destination has one lane, not lane " + commit.head().lane());
        }
        Opened table = opened(commit.head().stream());
        while (true) {
            Seen seen = catchUp(table);
            switch (seen.state().progress().decide(commit, fragment -> false)) {
                case Decision.Already a -> {
                    return new CommitOutcome.Committed(commit.head().n());
                }
                case Decision.Refuse(String why) -> {
                    return new CommitOutcome.Stale(
                            seen.state().progress().view(),
                            seen.state().progress().claimant(LaneId.FIRST),
                            why);
                }
                case Decision.Accept a -> {
                    Optional<CommitOutcome> answer = attempt(table, commit);
                    if (answer.isPresent()) {
                        return answer.get();
                    }
                }
            }
        }
    }

    /// One attempt to make the next version; empty: another writer did, so look again.
    private Optional<CommitOutcome> attempt(Opened table, Commit commit) {
        Seen seen = table.seen;
        long n = commit.head().n();
        Changed changed = seen.state().next(commit);
        byte[] object = changed.bytes();
        Digest digest = Digest.of(object);
        LogEntry entry = table.entries.of(seen, commit, digest, clock.instant(), () -> table.log.files(seen.version()));
        table.log.objects().put(n, digest, object);
        Boundary.reached(Boundary.MANIFEST_WRITTEN);
        PutOutcome outcome = table.log.append(seen, entry);
        return switch (outcome) {
            case PutOutcome.Stored s -> {
                Boundary.reached(Boundary.MANIFEST_LINKED);
                table.seen = table.log.appended(seen, entry, changed, digest, object.length);
                putTogether(table);
                yield Optional.of(new CommitOutcome.Committed(n));
            }
            case PutOutcome.Exists e -> Optional.empty();
            case PutOutcome.Unknown(var cause) -> {
                table.seen = Seen.nothing();
                yield Optional.of(new CommitOutcome.Unknown(n, cause));
            }
        };
    }

    /// The commit is in whatever becomes of this; what could not be done is done after a later commit.
    private void putTogether(Opened table) {
        try {
            if (table.seen.state().wantsBase(options.baseEvery())) {
                DeltaState state = table.seen.state();
                StateObjects.Base base = table.log.objects().base(state);
                Optional<Changed.BaseName> before = state.base();
                Boundary.reached(Boundary.BASE_WRITTEN);
                table.log.objects().put(base, state);
                Boundary.reached(Boundary.BASE_NAMED);
                state.based(base.name(), base.bytes());
                before.ifPresent(table.log.objects()::removeBefore);
            }
            table.log.checkpoint(table.seen.version(), options.checkpointEvery());
        } catch (WisentException e) {
            table.seen = Seen.nothing();
            warnings.add("the table's log could not be put together, which a later commit tries again: " + e.what());
        }
    }

    @Override
    public synchronized void sweep(Commit.Claim held) {
        Opened table = opened(held.head().stream());
        new Sweep(store(), table.application)
                .below(held.head().n(), catchUp(table).state());
    }

    /// `delta_commits`: each commit is an entry of the table's log. `parquet_files_written`: data files.
    @Override
    public Statistics statistics(Commit commit) {
        return Statistics.of("delta_commits", 1)
                .plus(
                        "parquet_files_written",
                        commit instanceof Commit.Data data ? data.fragments().size() : 0);
    }

    @Override
    public List<String> warnings(StreamId stream) {
        synchronized (warnings) {
            return List.copyOf(warnings);
        }
    }

    @Override
    public String location(StreamId stream) {
        return options.path();
    }

    @Override
    public Optional<LakeTable> lakeTable(StreamId stream) {
        Application application = new Application(options.pipeline(), stream);
        return Optional.of(new DeltaLake(options, store(), application, clock));
    }

    @Override
    public Optional<ReadBack> readBack(FileFormats formats) {
        return Optional.of(new DeltaReadBack(store(), options.target()));
    }

    @Override
    public synchronized void close() {
        store.ifPresent(ObjectStore::close);
    }

    private Opened opened(StreamId stream) {
        if (opened.isEmpty() || !opened.get().stream.equals(stream)) {
            Application application = new Application(options.pipeline(), stream);
            opened = Optional.of(new Opened(
                    stream,
                    application,
                    new TableLog(store(), application),
                    new Entries(application, options.engine(), options.partitionBy())));
        }
        return opened.get();
    }

    /// Nothing is decided while this reads: a failure leaves everything as it was, and the table is read anew.
    private Seen catchUp(Opened table) {
        Seen before = table.seen;
        table.seen = Seen.nothing();
        Seen seen = table.log.catchUp(before);
        seen.table()
                .flatMap(is -> Features.refusal(is.protocol(), is.metaData()))
                .ifPresent(why -> {
                    throw WisentException.of(ErrorCode.NOT_SUPPORTED, "Wisent can't write this table: " + why)
                            .where(store().url())
                            .hint("write to another table");
                });
        table.seen = seen;
        return seen;
    }
}
