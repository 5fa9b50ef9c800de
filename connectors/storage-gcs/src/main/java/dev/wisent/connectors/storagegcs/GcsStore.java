package dev.wisent.connectors.storagegcs;

import com.google.api.gax.paging.Page;
import com.google.cloud.BaseServiceException;
import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.multipartupload.model.AbortMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.CreateMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.ListMultipartUploadsRequest;
import com.google.cloud.storage.multipartupload.model.ListMultipartUploadsResponse;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PendingUpload;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.StoreLocation;
import dev.wisent.api.storage.Upload;
import dev.wisent.storage.Lazy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A bucket. Versions are generations.
final class GcsStore implements ObjectStore {
    /// Google's own limit of a page.
    private static final int PAGE = 1000;

    private static final String TYPE = "application/octet-stream";

    private final String bucket;
    private final GcsFailure failure;
    private final Lazy<GcsConnection> connection;

    GcsStore(StoreLocation location, GcsOptions options) {
        bucket = location.bucket();
        failure = new GcsFailure(location.bucketUrl(), options.secrets());
        connection = new Lazy<>(() -> {
            try {
                return GcsConnection.open(options);
            } catch (IOException e) {
                throw failure.ofCredentials(e);
            }
        });
    }

    private <T> T call(String key, Function<GcsConnection, T> request) {
        try {
            return request.apply(connection.value());
        } catch (BaseServiceException e) {
            throw failure.of(e, key);
        }
    }

    private static ObjectInfo info(BlobInfo blob) {
        return new ObjectInfo(
                blob.getName(),
                blob.getSize(),
                Long.toString(blob.getGeneration()),
                blob.getUpdateTimeOffsetDateTime().toInstant());
    }

    @Override
    public String url() {
        return failure.bucket();
    }

    @Override
    public ListPage list(ListRequest request) {
        List<BlobListOption> options = new ArrayList<>();
        options.add(BlobListOption.prefix(request.prefix()));
        options.add(BlobListOption.pageSize(Math.min(request.limit(), PAGE)));
        request.token().map(BlobListOption::pageToken).ifPresent(options::add);
        if (!request.after().isEmpty()) {
            options.add(BlobListOption.startOffset(request.after()));
        }
        return call("", c -> {
            Page<Blob> page = c.objects().list(bucket, options.toArray(BlobListOption[]::new));
            List<ObjectInfo> objects = new ArrayList<>();
            for (Blob blob : page.getValues()) {
                // Google starts at the offset, we after it.
                if (!blob.getName().equals(request.after())) {
                    objects.add(info(blob));
                }
            }
            return new ListPage(
                    objects,
                    page.hasNextPage() ? Optional.of(request.from(page.getNextPageToken())) : Optional.empty());
        });
    }

    @Override
    public Optional<ObjectInfo> find(String path) {
        return call(
                path,
                c -> Optional.ofNullable(c.objects().get(BlobId.of(bucket, path)))
                        .map(GcsStore::info));
    }

    /// Asks for the object first, as only that tells its size and generation; then reads that generation.
    @Override
    public ObjectContent get(GetRequest request) {
        ObjectInfo there = find(request.path())
                .orElseThrow(() -> StorageFailure.of(
                        StorageFailure.Kind.NOT_FOUND, "there is no such object", failure.where(request.path())));
        if (request.version().filter(wanted -> !wanted.equals(there.version())).isPresent()) {
            throw StorageFailure.of(
                    StorageFailure.Kind.CHANGED, "the object was replaced", failure.where(request.path()));
        }
        long length = request.range().within(there.size());
        if (length == 0) {
            return new ObjectContent(there, InputStream.nullInputStream());
        }
        return call(request.path(), c -> {
            BlobId exactly = BlobId.of(bucket, request.path(), Long.parseLong(there.version()));
            ReadChannel channel = c.objects().reader(exactly);
            try {
                channel.setChunkSize(0); // no buffer of its own: whoever reads has one
                channel.seek(request.range().from());
                channel.limit(request.range().from() + length);
            } catch (IOException e) {
                throw new IllegalStateException("a channel that is not open yet", e);
            }
            return new ObjectContent(there, new GcsStream(channel));
        });
    }

    @Override
    public ObjectInfo put(String path, ByteBuffer content) {
        return call(path, c -> create(c, path, content));
    }

    private ObjectInfo create(GcsConnection c, String path, ByteBuffer content, BlobTargetOption... conditions) {
        BlobInfo blob = BlobInfo.newBuilder(bucket, path).setContentType(TYPE).build();
        // What we send is compressed already, or small; the library would compress it on its way.
        BlobTargetOption[] options = Stream.concat(
                        Stream.of(BlobTargetOption.disableGzipContent()), Arrays.stream(conditions))
                .toArray(BlobTargetOption[]::new);
        if (content.hasArray()) {
            int from = content.arrayOffset() + content.position();
            return info(c.objects().create(blob, content.array(), from, content.remaining(), options));
        }
        byte[] copy = new byte[content.remaining()];
        content.duplicate().get(copy);
        return info(c.objects().create(blob, copy, options));
    }

    @Override
    public PutOutcome createIfAbsent(String path, ByteBuffer content) {
        GcsConnection c = connection.value();
        try {
            return new PutOutcome.Stored(create(c, path, content, BlobTargetOption.doesNotExist()));
        } catch (BaseServiceException e) {
            if (GcsFailure.status(e) == 412) {
                return new PutOutcome.Exists();
            }
            StorageFailure failed = failure.of(e, path);
            if (GcsFailure.mayHaveHappened(e)) {
                return new PutOutcome.Unknown(failed);
            }
            throw failed;
        }
    }

    @Override
    public Upload upload(String path, long partBytes) {
        return call(path, c -> {
            String id = c.uploads()
                    .createMultipartUpload(CreateMultipartUploadRequest.builder()
                            .bucket(bucket)
                            .key(path)
                            .contentType(TYPE)
                            .build())
                    .uploadId();
            return new GcsUpload(this, c.uploads(), failure, bucket, path, id);
        });
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) {
        return call("", c -> {
            List<PendingUpload> pending = new ArrayList<>();
            ListMultipartUploadsRequest.Builder request =
                    ListMultipartUploadsRequest.builder().bucket(bucket).prefix(prefix);
            ListMultipartUploadsResponse page;
            do {
                page = c.uploads().listMultipartUploads(request.build());
                page.uploads()
                        .forEach(u -> pending.add(new PendingUpload(
                                u.key(), u.uploadId(), u.initiated().toInstant())));
                request.keyMarker(page.nextKeyMarker()).uploadIdMarker(page.nextUploadIdMarker());
            } while (page.truncated());
            return pending;
        });
    }

    @Override
    public void abort(PendingUpload upload) {
        GcsConnection c = connection.value();
        try {
            c.uploads()
                    .abortMultipartUpload(AbortMultipartUploadRequest.builder()
                            .bucket(bucket)
                            .key(upload.path())
                            .uploadId(upload.id())
                            .build());
        } catch (BaseServiceException e) {
            if (GcsFailure.status(e) != 404) {
                throw failure.of(e, upload.path());
            }
        }
    }

    /// A large one takes several requests, which Google's client makes.
    @Override
    public void copy(String from, String to) {
        call(
                from,
                c -> c.objects()
                        .copy(CopyRequest.of(BlobId.of(bucket, from), BlobId.of(bucket, to)))
                        .getResult());
    }

    @Override
    public void delete(String path) {
        call(path, c -> c.objects().delete(BlobId.of(bucket, path)));
    }

    @Override
    public void close() {
        connection.ifMade(c -> {
            try {
                c.objects().close();
            } catch (Exception e) {
                throw new IllegalStateException("an HTTP client has nothing that could fail here", e);
            }
        });
    }
}
