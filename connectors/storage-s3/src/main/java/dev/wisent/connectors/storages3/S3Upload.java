package dev.wisent.connectors.storages3;

import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PendingUpload;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.Upload;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// A multipart upload.
final class S3Upload implements Upload {
    private final ObjectStore store;
    private final S3Client client;
    private final S3Failure failure;
    private final String bucket;
    private final String path;
    private final String id;
    private final ConcurrentNavigableMap<Integer, Part> parts = new ConcurrentSkipListMap<>();
    private volatile boolean asked;
    private volatile boolean completed;

    private record Part(String etag, long length) {}

    S3Upload(ObjectStore store, S3Client client, S3Failure failure, String bucket, String path, String id) {
        this.store = store;
        this.client = client;
        this.failure = failure;
        this.bucket = bucket;
        this.path = path;
        this.id = id;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public void part(int number, ByteBuffer content) {
        try {
            String etag = client.uploadPart(
                            r -> r.bucket(bucket).key(path).uploadId(id).partNumber(number), S3Store.body(content))
                    .eTag();
            parts.put(number, new Part(etag, content.remaining()));
        } catch (SdkException e) {
            throw failure.of(e, path);
        }
    }

    @Override
    public ObjectInfo complete() {
        boolean again = asked;
        asked = true;
        try {
            String etag = client.completeMultipartUpload(
                            r -> r.bucket(bucket).key(path).uploadId(id).multipartUpload(m -> m.parts(inOrder())))
                    .eTag();
            completed = true;
            ObjectInfo there = store.find(path).orElseGet(() -> new ObjectInfo(path, size(), etag, Instant.now()));
            return there.version().equals(etag) ? there : new ObjectInfo(path, size(), etag, there.modified());
        } catch (SdkException e) {
            Optional<ObjectInfo> ours = again && S3Failure.is(e, 404) ? ours() : Optional.empty();
            completed |= ours.isPresent();
            return ours.orElseThrow(() -> again ? failure.ofRepeatedCompletion(e, path) : failure.of(e, path));
        }
    }

    private List<CompletedPart> inOrder() {
        return parts.entrySet().stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.getKey())
                        .eTag(part.getValue().etag())
                        .build())
                .toList();
    }

    private long size() {
        return parts.values().stream().mapToLong(Part::length).sum();
    }

    /// An earlier [#complete] whose answer was lost may have worked, and then the upload is gone. The object is ours if it
    /// has our length and was made of as many parts, which an etag ends with.
    private Optional<ObjectInfo> ours() {
        return store.find(path)
                .filter(there -> there.size() == size()
                        && there.version().replace("\"", "").endsWith("-" + parts.size()));
    }

    @Override
    public void close() {
        if (!completed) {
            try {
                store.abort(new PendingUpload(path, id, Instant.now()));
            } catch (StorageFailure left) {
                return; // it can be found and aborted later
            }
        }
    }
}
