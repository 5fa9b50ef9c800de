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

/// The objects of a bucket below a prefix, by paths relative to it.
final class PlacedStore implements ObjectStore {
    private final ObjectStore bucket;
    private final String base;
    private final String url;

    /// @param prefix without slashes at its ends; empty: the whole bucket
    PlacedStore(ObjectStore bucket, String prefix, String url) {
        this.bucket = bucket;
        this.url = url;
        base = prefix.isEmpty() ? "" : prefix + "/";
    }

    private ObjectInfo relative(ObjectInfo object) {
        return object.at(relative(object.path()));
    }

    private String relative(String key) {
        return key.substring(base.length());
    }

    private String key(String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("an object without a path, below " + url);
        }
        return base + path;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public ListPage list(ListRequest request) {
        String after = request.after().isEmpty() ? "" : base + request.after();
        ListRequest whole = new ListRequest(base + request.prefix(), after, request.token(), request.limit());
        ListPage page = bucket.list(whole);
        List<ObjectInfo> objects = page.objects().stream()
                .filter(object -> !object.path().endsWith("/"))
                .map(this::relative)
                .toList();
        return new ListPage(objects, page.next().flatMap(ListRequest::token).map(request::from));
    }

    @Override
    public Optional<ObjectInfo> find(String path) {
        return bucket.find(key(path)).map(this::relative);
    }

    @Override
    public ObjectContent get(GetRequest request) {
        ObjectContent content = bucket.get(new GetRequest(key(request.path()), request.range(), request.version()));
        return new ObjectContent(relative(content.info()), content.stream());
    }

    @Override
    public ObjectInfo put(String path, ByteBuffer content) {
        return relative(bucket.put(key(path), content));
    }

    @Override
    public PutOutcome createIfAbsent(String path, ByteBuffer content) {
        PutOutcome outcome = bucket.createIfAbsent(key(path), content);
        return outcome instanceof PutOutcome.Stored(ObjectInfo object)
                ? new PutOutcome.Stored(relative(object))
                : outcome;
    }

    @Override
    public long partBytes(long wanted) {
        return bucket.partBytes(wanted);
    }

    @Override
    public Upload upload(String path, long partBytes) {
        Upload upload = bucket.upload(key(path), partBytes);
        return new Upload() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public void part(int number, ByteBuffer content) {
                upload.part(number, content);
            }

            @Override
            public ObjectInfo complete() {
                return relative(upload.complete());
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) {
        return bucket.pendingUploads(base + prefix).stream()
                .map(u -> new PendingUpload(relative(u.path()), u.id(), u.started()))
                .toList();
    }

    @Override
    public void abort(PendingUpload upload) {
        bucket.abort(new PendingUpload(key(upload.path()), upload.id(), upload.started()));
    }

    @Override
    public void copy(String from, String to) {
        bucket.copy(key(from), key(to));
    }

    @Override
    public void delete(String path) {
        bucket.delete(key(path));
    }

    @Override
    public void close() {
        bucket.close();
    }
}
