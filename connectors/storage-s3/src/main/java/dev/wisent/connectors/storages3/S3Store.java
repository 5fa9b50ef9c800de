package dev.wisent.connectors.storages3;

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
import dev.wisent.storage.BufferStream;
import dev.wisent.storage.Http;
import dev.wisent.storage.Lazy;
import dev.wisent.storage.Timestamps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// A bucket. Versions are etags, with their quotes.
final class S3Store implements ObjectStore {
    /// S3's own limit of a page.
    private static final int PAGE = 1000;

    private final String bucket;
    private final String url;
    private final S3Failure failure;
    private final Lazy<S3Client> client;

    S3Store(StoreLocation location, S3Options options) {
        bucket = location.bucket();
        url = location.bucketUrl();
        failure = new S3Failure(url, options.secrets());
        client = new Lazy<>(() -> S3Connection.open(options));
    }

    private <T> T call(String key, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw failure.of(e, key);
        }
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public ListPage list(ListRequest request) {
        return call("", () -> {
            ListObjectsV2Response page = client.value().listObjectsV2(r -> {
                r.bucket(bucket).prefix(request.prefix()).maxKeys(Math.min(request.limit(), PAGE));
                request.token().ifPresentOrElse(r::continuationToken, () -> {
                    if (!request.after().isEmpty()) {
                        r.startAfter(request.after());
                    }
                });
            });
            List<ObjectInfo> objects = page.contents().stream()
                    .map(o -> new ObjectInfo(o.key(), o.size(), o.eTag(), o.lastModified()))
                    .toList();
            return new ListPage(
                    objects, Optional.ofNullable(page.nextContinuationToken()).map(request::from));
        });
    }

    @Override
    public Optional<ObjectInfo> find(String path) {
        try {
            HeadObjectResponse head =
                    client.value().headObject(r -> r.bucket(bucket).key(path));
            return Optional.of(new ObjectInfo(path, head.contentLength(), head.eTag(), head.lastModified()));
        } catch (SdkException e) {
            if (S3Failure.is(e, 404)) {
                return Optional.empty();
            }
            throw failure.of(e, path);
        }
    }

    @Override
    public ObjectContent get(GetRequest request) {
        try {
            ResponseInputStream<GetObjectResponse> stream = client.value().getObject(r -> {
                r.bucket(bucket).key(request.path());
                request.version().ifPresent(r::ifMatch);
                if (!request.range().isAll()) {
                    r.range(request.range().header());
                }
            });
            GetObjectResponse head = stream.response();
            long size = Http.wholeSize(Optional.ofNullable(head.contentRange()), head.contentLength());
            return new ObjectContent(
                    new ObjectInfo(request.path(), size, head.eTag(), head.lastModified()),
                    new S3Stream(stream, head.contentLength()));
        } catch (SdkException e) {
            if (S3Failure.is(e, Http.NO_RANGE)) {
                return Http.nothing(this, request);
            }
            throw failure.of(e, request.path());
        }
    }

    @Override
    public ObjectInfo put(String path, ByteBuffer content) {
        return call(path, () -> put(PutObjectRequest.builder(), path, content));
    }

    private ObjectInfo put(PutObjectRequest.Builder request, String path, ByteBuffer content) {
        PutObjectResponse made =
                client.value().putObject(request.bucket(bucket).key(path).build(), body(content));
        return new ObjectInfo(
                path,
                content.remaining(),
                made.eTag(),
                Timestamps.ofHeader(made.sdkHttpResponse().firstMatchingHeader("Date")));
    }

    /// Can be read again and again, without a copy.
    static RequestBody body(ByteBuffer content) {
        return RequestBody.fromContentProvider(
                () -> new BufferStream(content), content.remaining(), "application/octet-stream");
    }

    @Override
    public PutOutcome createIfAbsent(String path, ByteBuffer content) {
        try {
            return new PutOutcome.Stored(put(PutObjectRequest.builder().ifNoneMatch("*"), path, content));
        } catch (SdkException e) {
            if (S3Failure.is(e, 412)) {
                return new PutOutcome.Exists();
            }
            StorageFailure failed = failure.of(e, path);
            if (S3Failure.mayHaveHappened(e)) {
                return new PutOutcome.Unknown(failed);
            }
            throw S3Failure.is(e, 501) ? failed.hint("this store has no conditional writes; use another one") : failed;
        }
    }

    @Override
    public Upload upload(String path, long partBytes) {
        String id = call(
                path,
                () -> client.value()
                        .createMultipartUpload(r -> r.bucket(bucket).key(path))
                        .uploadId());
        return new S3Upload(this, client.value(), failure, bucket, path, id);
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) {
        return call("", () -> {
            List<PendingUpload> pending = new ArrayList<>();
            for (ListMultipartUploadsResponse page : client.value()
                    .listMultipartUploadsPaginator(r -> r.bucket(bucket).prefix(prefix))) {
                page.uploads().forEach(u -> pending.add(new PendingUpload(u.key(), u.uploadId(), u.initiated())));
            }
            return pending;
        });
    }

    @Override
    public void abort(PendingUpload upload) {
        try {
            client.value()
                    .abortMultipartUpload(
                            r -> r.bucket(bucket).key(upload.path()).uploadId(upload.id()));
        } catch (SdkException e) {
            if (!S3Failure.is(e, 404)) {
                throw failure.of(e, upload.path());
            }
        }
    }

    @Override
    public void copy(String from, String to) {
        call(
                from,
                () -> client.value()
                        .copyObject(r -> r.sourceBucket(bucket)
                                .sourceKey(from)
                                .destinationBucket(bucket)
                                .destinationKey(to)));
    }

    @Override
    public void delete(String path) {
        call(path, () -> client.value().deleteObject(r -> r.bucket(bucket).key(path)));
    }

    @Override
    public void close() {
        client.ifMade(S3Client::close);
    }
}
