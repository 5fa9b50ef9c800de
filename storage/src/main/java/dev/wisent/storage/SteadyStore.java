package dev.wisent.storage;

import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PendingUpload;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.api.storage.Upload;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// A store whose calls are tried again within a budget, and whose streams go on after a break.
final class SteadyStore implements ObjectStore {
    private final ObjectStore store;
    private final Retries retries;

    SteadyStore(ObjectStore store, Retries retries) {
        this.store = store;
        this.retries = retries;
    }

    @Override
    public String url() {
        return store.url();
    }

    @Override
    public ListPage list(ListRequest request) {
        return retries.call(() -> store.list(request));
    }

    @Override
    public Optional<ObjectInfo> find(String path) {
        return retries.call(() -> store.find(path));
    }

    @Override
    public ObjectContent get(GetRequest request) {
        ObjectContent content = retries.call(() -> store.get(request));
        return new ObjectContent(content.info(), new SteadyStream(store, retries, request, content));
    }

    @Override
    public ObjectInfo put(String path, ByteBuffer content) {
        return retries.call(() -> store.put(path, content));
    }

    /// What is thrown was refused or never sent; what may have been sent is an answer, and not repeated.
    @Override
    public PutOutcome createIfAbsent(String path, ByteBuffer content) {
        return retries.call(() -> store.createIfAbsent(path, content));
    }

    @Override
    public long partBytes(long wanted) {
        return store.partBytes(wanted);
    }

    @Override
    public Upload upload(String path, long partBytes) {
        return new SteadyUpload(retries.call(() -> store.upload(path, partBytes)), retries, partBytes);
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) {
        return retries.call(() -> store.pendingUploads(prefix));
    }

    @Override
    public void abort(PendingUpload upload) {
        retries.run(() -> store.abort(upload));
    }

    @Override
    public void copy(String from, String to) {
        retries.run(() -> store.copy(from, to));
    }

    @Override
    public void delete(String path) {
        retries.run(() -> store.delete(path));
    }

    @Override
    public void close() {
        store.close();
    }
}
