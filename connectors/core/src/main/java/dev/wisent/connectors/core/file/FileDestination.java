package dev.wisent.connectors.core.file;

import dev.wisent.api.LaneId;
import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
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
import dev.wisent.api.error.WriteFailure;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.format.FileFormats;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.connectors.core.internal.Disk;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Exactly once into files, on local disk or in an object store. A commit is decided by the one that gives `manifest-<n>` its
/// name; what readers see
/// follows, and whoever commits
/// next has first made sure that it did.
final class FileDestination implements Destination {
    private final FileOptions options;
    private final Place place;
    private final Bookkeeping records;
    private final ManifestLog log;
    private final Visible visible;
    /// Makes part names unique across the writers of this process.
    private final AtomicLong parts = new AtomicLong();

    private State state = State.empty();
    private boolean verified;
    private Optional<StreamId> owned = Optional.empty();
    private final Set<String> warnings = new LinkedHashSet<>();

    FileDestination(FileOptions options, Place place) {
        this(options, place, place.visible());
    }

    /// On local disk.
    FileDestination(FileOptions options) {
        this(options, new LocalPlace((Layout.Local) options.layout()));
    }

    FileDestination(FileOptions options, Visible visible) {
        this(options, new LocalPlace((Layout.Local) options.layout()), visible);
    }

    FileDestination(FileOptions options, Place place, Visible visible) {
        this.options = options;
        this.place = place;
        this.records = place.bookkeeping();
        this.log = new ManifestLog(records);
        this.visible = visible;
    }

    @Override
    public synchronized void check() {
        try {
            place.check();
            if (Owner.read(records).isEmpty()) {
                Owner.refuseForeignFiles(place);
            }
        } catch (IOException e) {
            throw unwritable(ErrorCode.DESTINATION_CONNECTION, "the path can't be written", 0, e);
        }
    }

    @Override
    public Optional<String> cannotHold(Set<TargetId> targets) {
        return options.layout() instanceof Layout.OneFile file
                        && !Set.of(options.defaultTarget()).containsAll(targets)
                ? Optional.of("'" + file.path().getFileName()
                        + "' is one file, which can't hold the rows of several targets: "
                        + "let destination.config.path name a folder")
                : Optional.empty();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                Capabilities.Guarantee.EXACTLY_ONCE,
                Fragment.Kind.DURABLE,
                1,
                Capabilities.Processes.MANY,
                Set.of(Commit.Mode.APPEND),
                options.format() == Format.PARQUET ? Capabilities.Widenings.COMPATIBLE : Capabilities.Widenings.ANY);
    }

    @Override
    public synchronized ProgressView progress(StreamId stream) {
        return reading(() -> {
            Optional<Owner> owner = Owner.read(records);
            new Owner(options.pipeline(), stream).refuseUnlessMine(place, owner);
            if (owner.isEmpty()) {
                return ProgressView.EMPTY;
            }
            state = log.catchUp(state);
            return state.progress().view();
        });
    }

    @Override
    public Optional<ReadBack> readBack(FileFormats formats) {
        return Optional.of((stream, target, columns, rows) -> {
            List<Part> live = visibleParts(stream);
            try {
                new FileReadBack(options, place, formats).read(live, target, columns, rows);
            } catch (IOException e) {
                throw passing("what was written can't be read", e);
            }
        });
    }

    private synchronized List<Part> visibleParts(StreamId stream) {
        boolean written = progress(stream).lane(LaneId.FIRST).last() > 0;
        return written ? List.copyOf(state.contents().live()) : List.of();
    }

    @Override
    public synchronized LaneWriter open(WriteRequest request) {
        return reading(() -> {
            own(request.stream());
            return new FileLaneWriter(options, place, request, parts);
        });
    }

    @Override
    public synchronized CommitOutcome commit(Commit commit) {
        if (!commit.head().lane().equals(LaneId.FIRST)) {
            throw new IllegalArgumentException(
                    "this destination has one lane, not lane " + commit.head().lane());
        }
        return reading(() -> {
            own(commit.head().stream());
            while (true) {
                state = log.catchUp(state);
                if (!isVerified()) {
                    continue;
                }
                Optional<CommitOutcome> answer = answered(commit);
                if (answer.isPresent()) {
                    return answer.get();
                }
                answer = decide(commit);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        });
    }

    /// False: the log went on meanwhile, so look again.
    private boolean isVerified() throws IOException {
        try {
            if (!verified) {
                visible.verify(state);
            }
            verified = true;
        } catch (WisentException changed) {
            if (!log.goesOnAfter(state.n())) {
                throw changed;
            }
        }
        return verified;
    }

    /// The answer if the log has one already: Committed only with the roll-forward done, whoever began it.
    private Optional<CommitOutcome> answered(Commit commit) throws IOException {
        return switch (state.progress().decide(commit, fragment -> false)) {
            case Decision.Accept a -> Optional.empty();
            case Decision.Refuse(String why) ->
                Optional.of(new CommitOutcome.Stale(
                        state.progress().view(), state.progress().claimant(LaneId.FIRST), why));
            case Decision.Already a -> Optional.of(again(commit.head().n()));
        };
    }

    private CommitOutcome again(long n) {
        try {
            records.sync();
            rollForward();
            return new CommitOutcome.Committed(n);
        } catch (IOException e) {
            state = State.empty();
            return new CommitOutcome.Unknown(n, e);
        }
    }

    /// One attempt to take the number; empty: somebody else did, so look again.
    private Optional<CommitOutcome> decide(Commit commit) throws IOException {
        rollForward();
        long n = commit.head().n();
        if (commit instanceof Commit.Data data && !isStaged(data)) {
            if (log.goesOnAfter(state.n())) {
                return Optional.empty();
            }
            throw WisentException.of(
                            ErrorCode.WRITE_FAILED,
                            "a part of commit " + n + " is gone, or not as long as it was written")
                    .where(place.where());
        }
        if (commit instanceof Commit.Data data) {
            visible.refuseUnshowable(state, data);
        }
        Optional<String> whole =
                commit instanceof Commit.Publish publish ? visible.prepare(state, publish) : Optional.empty();
        byte[] content = ManifestLog.content(commit, whole);
        Bookkeeping.Prepared prepared = prepared(n, content);
        Boundary.reached(Boundary.MANIFEST_WRITTEN);
        try {
            boolean mine = prepared.name(ManifestLog.MANIFEST + n);
            Boundary.reached(Boundary.MANIFEST_LINKED);
            prepared.done();
            if (!mine) {
                discard(whole);
                return Optional.empty();
            }
            if (log.highestBase() >= n) {
                log.removeManifest(n);
                state = State.empty();
                return Optional.empty();
            }
            state.take(commit, whole);
            rollForward();
        } catch (IOException e) {
            state = State.empty();
            return Optional.of(new CommitOutcome.Unknown(n, e));
        }
        compact();
        return Optional.of(new CommitOutcome.Committed(n));
    }

    private Bookkeeping.Prepared prepared(long n, byte[] content) throws IOException {
        try {
            return records.prepare(n, content);
        } catch (IOException e) {
            throw unwritable(ErrorCode.COMMIT_FAILED, "commit " + n + " can't be written", content.length, e);
        }
    }

    private WisentException unwritable(ErrorCode code, String what, long bytes, IOException cause) {
        return options.layout() instanceof Layout.Local local
                ? WriteFailure.of(code, what, local.path(), bytes, cause)
                : passing(what, cause);
    }

    private void discard(Optional<String> whole) throws IOException {
        if (whole.isPresent()) {
            records.delete(whole.get());
        }
    }

    private boolean isStaged(Commit.Data data) throws IOException {
        return place.areStaged(data.fragments().stream().map(Part::of).toList());
    }

    private void rollForward() throws IOException {
        if (state.due() instanceof Effect.Nothing) {
            return;
        }
        visible.apply(state);
        state.done();
        Boundary.reached(Boundary.ROLLED_FORWARD);
    }

    /// The commit is in whatever becomes of this; what could not be done is done by the next commit.
    private void compact() {
        if (state.n() - state.base() < options.baseEvery()) {
            return;
        }
        try {
            log.writeBase(state);
        } catch (IOException | StorageFailure e) {
            state = State.empty();
            warnings.add(
                    "the manifests could not be put together, which a later commit tries again: " + e.getMessage());
        }
    }

    @Override
    public synchronized void sweep(Commit.Claim held) {
        reading(() -> {
            own(held.head().stream());
            state = log.catchUp(state);
            rollForward();
            new Sweep(place).below(held.head().n(), state);
            return held;
        });
    }

    /// `parquet_files_written`, if that is the format.
    @Override
    public Statistics statistics(Commit commit) {
        if (options.format() != Format.PARQUET) {
            return Statistics.NONE;
        }
        return Statistics.of(
                "parquet_files_written",
                commit instanceof Commit.Data data ? data.fragments().size() : 0);
    }

    @Override
    public synchronized List<String> warnings(StreamId stream) {
        return List.copyOf(warnings);
    }

    @Override
    public String location(StreamId stream) {
        return place.where();
    }

    @Override
    public void close() {
        place.close();
    }

    private void own(StreamId stream) throws IOException {
        if (owned.isEmpty() || !owned.get().equals(stream)) {
            place.open();
            new Owner(options.pipeline(), stream).claim(place);
            owned = Optional.of(stream);
        }
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    /// Nothing is decided while this reads: a failure leaves everything as it was, and the state is read anew.
    private <T> T reading(Reading<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            state = State.empty();
            throw passing("the bookkeeping can't be read or written", e);
        } catch (WisentException e) {
            state = State.empty();
            throw e;
        }
    }

    /// What the store said, if one did.
    private WisentException passing(String what, IOException cause) {
        return cause.getCause() instanceof StorageFailure told
                ? told
                : Disk.passing(ErrorCode.DESTINATION_CONNECTION, what, place.where(), cause);
    }
}
