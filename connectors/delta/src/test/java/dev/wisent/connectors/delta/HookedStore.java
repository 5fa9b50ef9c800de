package dev.wisent.connectors.delta;

import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PendingUpload;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.Upload;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/// A store that tells what is asked of it, and fails on demand.
final class HookedStore implements ObjectStore {
    private final ObjectStore store;
    /// Each request: its verb and path.
    final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    /// Called before a request is passed on; may throw.
    volatile Consumer<String> before = request -> {};
    /// Creates whose answers are lost, done or not.
    volatile Predicate<String> losesAnswer = path -> false;
    volatile Parts parts = new Parts(() -> {}, () -> 0);

    /// Called around each part of an upload; the first may throw.
    record Parts(Runnable before, IntSupplier after) {}

    HookedStore(ObjectStore store) {
        this.store = store;
    }

    static StorageFailure unavailable() {
        return StorageFailure.of(StorageFailure.Kind.UNAVAILABLE, "on demand", "hooked");
    }

    private void ask(String verb, String path) {
        requests.add(verb + " " + path);
        before.accept(verb + " " + path);
    }

    /// How many requests began so.
    long count(String beginning) {
        return requests.stream()
                .filter(request -> request.startsWith(beginning))
                .count();
    }

    @Override
    public String url() {
        return store.url();
    }

    @Override
    public ListPage list(ListRequest request) {
        ask("list", request.prefix());
        return store.list(request);
    }

    @Override
    public Optional<ObjectInfo> find(String path) {
        ask("find", path);
        return store.find(path);
    }

    @Override
    public ObjectContent get(GetRequest request) {
        ask("get", request.path());
        return store.get(request);
    }

    @Override
    public ObjectInfo put(String path, ByteBuffer content) {
        ask("put", path);
        return store.put(path, content);
    }

    @Override
    public PutOutcome createIfAbsent(String path, ByteBuffer content) {
        ask("create", path);
        PutOutcome outcome = store.createIfAbsent(path, content);
        return losesAnswer.test(path) ? new PutOutcome.Unknown(unavailable()) : outcome;
    }

    @Override
    public Upload upload(String path, long partBytes) {
        ask("upload", path);
        Upload upload = store.upload(path, partBytes);
        return new Upload() {
            @Override
            public String path() {
                return upload.path();
            }

            @Override
            public void part(int number, ByteBuffer content) {
                try {
                    parts.before().run();
                    upload.part(number, content);
                } finally {
                    parts.after().getAsInt();
                }
            }

            @Override
            public ObjectInfo complete() {
                ask("complete", path);
                return upload.complete();
            }

            @Override
            public void close() {
                ask("end", path);
                upload.close();
            }
        };
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) {
        ask("uploads", prefix);
        return store.pendingUploads(prefix);
    }

    @Override
    public void abort(PendingUpload upload) {
        ask("abort", upload.path());
        store.abort(upload);
    }

    @Override
    public void copy(String from, String to) {
        ask("copy", from);
        store.copy(from, to);
    }

    @Override
    public void delete(String path) {
        ask("delete", path);
        store.delete(path);
    }

    @Override
    public void close() {
        store.close();
    }
}
