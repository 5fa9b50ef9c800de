package dev.wisent.connectors.storagegcs;

import com.google.cloud.BaseServiceException;
import com.google.cloud.storage.MultipartUploadClient;
import com.google.cloud.storage.RequestBody;
import com.google.cloud.storage.multipartupload.model.CompleteMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.CompletedMultipartUpload;
import com.google.cloud.storage.multipartupload.model.CompletedPart;
import com.google.cloud.storage.multipartupload.model.UploadPartRequest;
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

/// An upload in parts, by the XML interface.
final class GcsUpload implements Upload {
    private final ObjectStore store;
    private final MultipartUploadClient client;
    private final GcsFailure failure;
    private final String bucket;
    private final String path;
    private final String id;
    private final ConcurrentNavigableMap<Integer, Part> parts = new ConcurrentSkipListMap<>();
    private volatile boolean asked;
    private volatile boolean completed;

    private record Part(String etag, long length) {}

    GcsUpload(
            ObjectStore store,
            MultipartUploadClient client,
            GcsFailure failure,
            String bucket,
            String path,
            String id) {
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
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(bucket)
                .key(path)
                .uploadId(id)
                .partNumber(number)
                .build();
        try {
            String etag = client.uploadPart(request, RequestBody.of(content.duplicate()))
                    .eTag();
            parts.put(number, new Part(etag, content.remaining()));
        } catch (BaseServiceException e) {
            throw failure.of(e, path);
        }
    }

    @Override
    public ObjectInfo complete() {
        boolean again = asked;
        asked = true;
        try {
            client.completeMultipartUpload(CompleteMultipartUploadRequest.builder()
                    .bucket(bucket)
                    .key(path)
                    .uploadId(id)
                    .multipartUpload(
                            CompletedMultipartUpload.builder().parts(inOrder()).build())
                    .build());
            completed = true;
            return made().orElseThrow(() -> StorageFailure.of(
                    StorageFailure.Kind.NOT_FOUND, "the object was deleted at once", failure.where(path)));
        } catch (BaseServiceException e) {
            Optional<ObjectInfo> ours = again && GcsFailure.status(e) == 404 ? made() : Optional.empty();
            completed |= ours.isPresent();
            return ours.orElseThrow(() -> failure.of(e, path));
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

    /// The object, if it has our length. An earlier [#complete] whose answer was lost may have made it; then the upload
    /// is gone.
    private Optional<ObjectInfo> made() {
        long size = parts.values().stream().mapToLong(Part::length).sum();
        return store.find(path).filter(there -> there.size() == size);
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
