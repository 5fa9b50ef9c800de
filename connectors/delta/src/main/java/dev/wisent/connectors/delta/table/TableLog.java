package dev.wisent.connectors.delta.table;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.LogEntry;
import dev.wisent.connectors.delta.log.LogNames;
import dev.wisent.connectors.delta.state.Changed;
import dev.wisent.connectors.delta.state.DeltaState;
import dev.wisent.connectors.delta.state.Digest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The log of one table for one [Application]: follows it, and adds entries. One thread.
///
/// The first look is Kernel's; from then on the entries that come are read one by one, with the eyes of a writer: whose is
/// it, and does it change what ours has to fit to.
public final class TableLog {
    /// From here on a checkpoint is quicker to read than entry by entry.
    private static final int MOST_ENTRIES = 20;

    private final ObjectStore store;
    private final Application application;
    private final KernelTable kernel;
    private final StateObjects objects;
    private final LogReader log;
    /// The newest checkpoint this has seen or written.
    private long checkpointed;

    public TableLog(ObjectStore store, Application application) {
        this.store = store;
        this.application = application;
        this.kernel = new KernelTable(store);
        this.objects = new StateObjects(store, application);
        this.log = new LogReader(store);
    }

    /// The newest state of the table. `seen` is not to be used any more.
    public Seen catchUp(Seen seen) {
        if (seen.version() == Seen.NO_TABLE) {
            return load();
        }
        Seen current = seen;
        List<ObjectInfo> objects = log.objectsAfter(seen.version());
        if (objects.size() > MOST_ENTRIES
                && objects.stream().anyMatch(object -> object.path().contains(".checkpoint."))) {
            return load(); // one checkpoint instead of many entries
        }
        for (ObjectInfo object : objects) {
            OptionalLong version = LogNames.version(object.path());
            if (version.isEmpty() || version.getAsLong() <= current.version()) {
                continue;
            }
            if (version.getAsLong() != current.version() + 1) {
                return load(); // entries between were removed by a clean-up: only a checkpoint knows them
            }
            try {
                Optional<LogEntry> entry = log.entry(version.getAsLong());
                if (entry.isEmpty()) {
                    return load();
                }
                current = next(current, entry.get());
            } catch (WisentException e) {
                if (e.code() == ErrorCode.DESTINATION_CORRUPT) {
                    return load(); // it may be the object of a commit that a base has made needless since
                }
                throw e;
            }
        }
        return current;
    }

    private Seen load() {
        Optional<KernelTable.Version> newest = kernel.newest();
        if (newest.isEmpty()) {
            return Seen.nothing();
        }
        KernelTable.Version version = newest.get();
        checkpointed = Math.max(checkpointed, version.checkpointed().orElse(0));
        Seen.Table table = new Seen.Table(version.protocol(), version.metaData());
        Optional<Long> n = version.txn(application.id());
        Optional<Long> digest = version.txn(application.stateId());
        if (n.isPresent() != digest.isPresent()) {
            throw WisentException.of(
                            ErrorCode.DESTINATION_CORRUPT,
                            "the log says how far '" + application.id() + "' is, but not in which state")
                    .where(store.url())
                    .hint("the log was changed by hand, or is a newer version's; use a copy, or another table");
        }
        try {
            DeltaState state = n.isPresent() ? objects.restore(n.get(), new Digest(digest.get())) : new DeltaState();
            return new Seen(version.number(), Optional.of(table), state);
        } catch (WisentException e) {
            Optional<Long> now = kernel.newest().flatMap(later -> later.txn(application.id()));
            if (e.code() == ErrorCode.DESTINATION_CORRUPT && !now.equals(n)) {
                return load(); // others went on meanwhile, and removed what they no longer need
            }
            throw e;
        }
    }

    /// The table after one more entry.
    private Seen next(Seen seen, LogEntry entry) {
        Optional<Action.Protocol> protocol = entry.of(Action.Protocol.class).reduce((first, last) -> last);
        Optional<Action.MetaData> metaData = entry.of(Action.MetaData.class).reduce((first, last) -> last);
        Optional<Seen.Table> table = seen.table()
                .map(is -> new Seen.Table(protocol.orElse(is.protocol()), metaData.orElse(is.metaData())))
                .or(() -> protocol.flatMap(p -> metaData.map(m -> new Seen.Table(p, m))));
        Optional<Long> n = entry.txn(application.id());
        Optional<Long> digest = entry.txn(application.stateId());
        if (n.isPresent() && digest.isPresent() && n.get() > seen.state().n()) {
            take(seen.state(), n.get(), new Digest(digest.get()));
        }
        return new Seen(seen.version() + 1, table, seen.state());
    }

    private void take(DeltaState state, long n, Digest digest) {
        byte[] stored = objects.change(n, digest);
        Changed changed = Changed.parse(stored);
        Commit commit = changed.commit();
        if (commit.head().n() != n || !(state.progress().decide(commit, f -> false) instanceof Decision.Accept)) {
            throw damaged(
                    application.change(n, digest),
                    new IllegalArgumentException("it does not follow the commits before it"));
        }
        state.take(changed, digest, stored.length);
    }

    /// Tries to make `entry` the version after `seen`.
    public PutOutcome append(Seen seen, LogEntry entry) {
        return store.createIfAbsent(LogNames.entry(seen.version() + 1), ByteBuffer.wrap(entry.bytes()));
    }

    /// What `seen` becomes when `entry`, just appended, is the version after it. Asks the store nothing: the commit is in.
    ///
    /// @param size of the object that holds `changed`
    public Seen appended(Seen seen, LogEntry entry, Changed changed, Digest digest, long size) {
        seen.state().take(changed, digest, size);
        return next(seen, entry);
    }

    /// The files of a version.
    public List<Action.Add> files(long version) {
        return kernel.at(version).files();
    }

    /// Writes a checkpoint of the newest version if `version` is `every` versions or more behind the last one, whoever wrote
    /// the entries between.
    public void checkpoint(long version, long every) {
        if (version - checkpointed >= every) {
            kernel.newest().ifPresent(newest -> {
                newest.checkpoint();
                checkpointed = newest.number();
            });
        }
    }

    public StateObjects objects() {
        return objects;
    }

    private WisentException damaged(String path, Exception cause) {
        return WisentException.of(ErrorCode.DESTINATION_CORRUPT, path + " can't be read: " + cause.getMessage())
                .where(store.url() + "/" + path)
                .hint("restore it from a copy; without it nobody knows which rows are here")
                .causedBy(cause);
    }
}
