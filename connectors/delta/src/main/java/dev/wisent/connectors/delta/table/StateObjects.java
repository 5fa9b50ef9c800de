package dev.wisent.connectors.delta.table;

import dev.wisent.api.commit.Decision;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.connectors.delta.state.BaseLines;
import dev.wisent.connectors.delta.state.Changed;
import dev.wisent.connectors.delta.state.DeltaState;
import dev.wisent.connectors.delta.state.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The objects that hold an application's commits. Their names carry their digests, so a wrong or cut one is noticed.
public final class StateObjects {
    private final ObjectStore store;
    private final Application application;

    StateObjects(ObjectStore store, Application application) {
        this.store = store;
        this.application = application;
    }

    /// Stores commit `n` before an entry names it.
    public void put(long n, Digest digest, byte[] content) {
        store.put(application.change(n, digest), ByteBuffer.wrap(content));
    }

    /// Stores a base before a commit names it.
    public Changed.BaseName putBase(long n, byte[] content) {
        Changed.BaseName name = new Changed.BaseName(n, Digest.of(content));
        store.put(application.base(name), ByteBuffer.wrap(content));
        return name;
    }

    byte[] change(long n, Digest digest) {
        return read(application.change(n, digest), digest);
    }

    /// The state after commit `n`: its object says where the others are.
    DeltaState restore(long n, Digest digest) {
        byte[] newest = change(n, digest);
        Changed head = parsed(application.change(n, digest), newest);
        DeltaState state = head.base().map(this::base).orElseGet(DeltaState::new);
        List<Digest> digests = new ArrayList<>(head.since());
        digests.add(digest);
        if (state.n() + digests.size() != n) {
            throw damaged(application.change(n, digest), "it does not name all commits since its base", newest.length);
        }
        long first = state.n() + 1;
        for (byte[] stored : all(first, digests)) {
            long at = state.n() + 1;
            Digest name = digests.get((int) (at - first));
            Changed changed = parsed(application.change(at, name), stored);
            if (!(state.progress().decide(changed.commit(), f -> false) instanceof Decision.Accept)) {
                throw damaged(application.change(at, name), "it does not follow the commits before it", stored.length);
            }
            state.take(changed.commit(), name, stored.length);
        }
        return state;
    }

    private DeltaState base(Changed.BaseName name) {
        String path = application.base(name);
        byte[] content = read(path, name.digest());
        try {
            DeltaState state = BaseLines.read(content);
            if (state.n() != name.n()) {
                throw new IllegalArgumentException("it holds commit " + state.n());
            }
            state.based(name, content.length);
            return state;
        } catch (IllegalArgumentException e) {
            throw damaged(path, String.valueOf(e.getMessage()), content.length);
        }
    }

    /// In order; fetched side by side, for each costs a round trip.
    private List<byte[]> all(long first, List<Digest> digests) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> reads = new ArrayList<>();
            for (int i = 0; i < digests.size(); i++) {
                long n = first + i;
                Digest digest = digests.get(i);
                reads.add(threads.submit(() -> change(n, digest)));
            }
            List<byte[]> all = new ArrayList<>();
            for (Future<byte[]> read : reads) {
                all.add(read.get());
            }
            return all;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WisentException known) {
                throw known;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WisentException.of(ErrorCode.INTERRUPTED, "reading how far the table is was interrupted")
                    .where(store.url())
                    .causedBy(e);
        }
    }

    private byte[] read(String path, Digest digest) {
        byte[] content;
        try (ObjectContent object = store.get(GetRequest.of(path))) {
            content = object.stream().readAllBytes();
        } catch (StorageFailure e) {
            if (e.kind() == StorageFailure.Kind.NOT_FOUND) {
                throw damaged(path, "it is gone", 0);
            }
            throw e;
        } catch (IOException e) {
            throw StorageFailure.of(
                            StorageFailure.Kind.UNAVAILABLE, path + " could not be read to its end", store.url())
                    .causedBy(e);
        }
        if (!Digest.of(content).equals(digest)) {
            throw damaged(path, "its content is not what its name says", content.length);
        }
        return content;
    }

    private Changed parsed(String path, byte[] content) {
        try {
            return Changed.parse(content);
        } catch (IllegalArgumentException e) {
            throw damaged(path, String.valueOf(e.getMessage()), content.length);
        }
    }

    private WisentException damaged(String path, String why, long length) {
        return WisentException.of(ErrorCode.DESTINATION_CORRUPT, path + " (" + length + " bytes) can't be used: " + why)
                .where(store.url() + "/" + path)
                .hint("restore it from a copy; without it nobody knows which rows are here");
    }

    /// Removes objects that no commit needs any more. What can't be removed stays.
    void remove(List<String> paths) {
        paths.forEach(store::delete);
    }
}
