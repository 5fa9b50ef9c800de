package dev.wisent.connectors.delta.table;

import dev.wisent.api.commit.Decision;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.connectors.delta.state.BaseLines;
import dev.wisent.connectors.delta.state.Changed;
import dev.wisent.connectors.delta.state.DeltaState;
import dev.wisent.connectors.delta.state.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The objects that hold an application's commits. Their names carry their digests, so a wrong or cut one is noticed.
public final class StateObjects {
    private static final String NOT_AS_NAMED = "its content is not what its name says";
    private static final int MOST_AT_ONCE = 16;

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

    /// A base that holds `state`.
    ///
    /// @param bytes its length
    public record Base(Changed.BaseName name, long bytes) {}

    /// What a base of `state` is called. Its lines are made twice, once for the name and once to be stored: they may be
    /// more than there is memory for.
    public Base base(DeltaState state) {
        MessageDigest digest = Digest.begin();
        Counting bytes = new Counting();
        lines(state, new DigestOutputStream(bytes, digest));
        return new Base(new Changed.BaseName(state.n(), Digest.of(digest)), bytes.count);
    }

    /// Stores it before a commit names it.
    public void put(Base base, DeltaState state) {
        try (BaseOutput out = new BaseOutput(store, application.base(base.name()))) {
            lines(state, out);
            out.finish();
        }
    }

    private static void lines(DeltaState state, OutputStream out) {
        try {
            BaseLines.write(state, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Counting extends OutputStream {
        long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
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
            state.take(changed, name, stored.length);
        }
        return state;
    }

    /// Taken line by line as it arrives, and believed only if the whole is what the name says.
    private DeltaState base(Changed.BaseName name) {
        String path = application.base(name);
        MessageDigest digest = Digest.begin();
        Optional<DeltaState> state = Optional.empty();
        String why = "";
        long length;
        try (ObjectContent object = store.get(GetRequest.of(path));
                InputStream content = new DigestInputStream(object.stream(), digest)) {
            length = object.info().size();
            try {
                state = Optional.of(BaseLines.read(content));
            } catch (IllegalArgumentException e) {
                why = String.valueOf(e.getMessage());
            }
            content.transferTo(OutputStream.nullOutputStream());
        } catch (StorageFailure e) {
            throw missing(path, e);
        } catch (IOException e) {
            throw broken(path, e);
        }
        if (!Digest.of(digest).equals(name.digest())) {
            throw damaged(path, NOT_AS_NAMED, length);
        }
        if (state.isEmpty()) {
            throw damaged(path, why, length);
        }
        DeltaState held = state.get();
        if (held.n() != name.n()) {
            throw damaged(path, "it holds commit " + held.n(), length);
        }
        held.based(name, length);
        return held;
    }

    /// In order; fetched side by side, for each costs a round trip.
    private List<byte[]> all(long first, List<Digest> digests) {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                Math.clamp(digests.size(), 1, MOST_AT_ONCE),
                Thread.ofPlatform().daemon(true).name("state-", 0).factory())) {
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
            throw missing(path, e);
        } catch (IOException e) {
            throw broken(path, e);
        }
        if (!Digest.of(content).equals(digest)) {
            throw damaged(path, NOT_AS_NAMED, content.length);
        }
        return content;
    }

    private WisentException missing(String path, StorageFailure failure) {
        return failure.kind() == StorageFailure.Kind.NOT_FOUND ? damaged(path, "it is gone", 0) : failure;
    }

    private WisentException broken(String path, IOException failure) {
        return StorageFailure.of(StorageFailure.Kind.UNAVAILABLE, path + " could not be read to its end", store.url())
                .causedBy(failure);
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

    /// Removes what `base`, which commits name, makes needless: the commits it holds, and bases before it. Who still wants to
    /// read one of them has an old version of the table in mind and looks for the newest.
    public void removeBefore(Changed.BaseName base) {
        remove(application.folder() + "b", application.base(base));
        remove(application.folder() + "c", application.change(base.n() + 1, new Digest(0)));
    }

    /// Removes all objects below `prefix` whose paths are less than `end`.
    private void remove(String prefix, String end) {
        for (Optional<ListRequest> request = Optional.of(ListRequest.of(prefix)); request.isPresent(); ) {
            ListPage page = store.list(request.get());
            List<String> old = page.objects().stream()
                    .map(ObjectInfo::path)
                    .filter(path -> path.compareTo(end) < 0)
                    .toList();
            old.forEach(store::delete);
            request = old.size() < page.objects().size() ? Optional.empty() : page.next();
        }
    }
}
