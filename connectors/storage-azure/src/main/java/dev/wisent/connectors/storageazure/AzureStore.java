package dev.wisent.connectors.storageazure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobCopyInfo;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.models.ConsistentReadControl;
import com.azure.storage.blob.models.CopyStatusType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobInputStreamOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlobInputStream;
import com.azure.storage.blob.specialized.BlockBlobClient;
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
import dev.wisent.storage.Http;
import dev.wisent.storage.Lazy;
import dev.wisent.storage.PathOrder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A container. Versions are etags. Folders that a hierarchical namespace keeps as blobs are no objects.
final class AzureStore implements ObjectStore {
    /// Azure's own limit of a page.
    private static final int PAGE = 5000;
    /// What a read asks for at a time; the SDK holds so much for each open object.
    private static final int BLOCK = 4 << 20;

    private static final String FOLDER = "hdi_isfolder";

    /// How often a copy that takes its time is looked at.
    private static final Duration COPY_POLL = Duration.ofMillis(200);

    private final AzureFailure failure;
    private final Lazy<BlobContainerClient> container;
    /// What has to follow the URL a copy is made from: nothing but the token, if there is one.
    private final String access;

    AzureStore(StoreLocation location, AzureOptions options) {
        failure = new AzureFailure(location.bucketUrl(), options.secrets());
        container = new Lazy<>(() -> AzureConnection.open(location.bucket(), options));
        access = options.credentials() instanceof AzureOptions.Credentials.Token(String token)
                ? "?" + (token.startsWith("?") ? token.substring(1) : token)
                : "";
    }

    private BlockBlobClient blob(String path) {
        return container.value().getBlobClient(path).getBlockBlobClient();
    }

    private <T> T call(String key, Supplier<T> request) {
        try {
            return request.get();
        } catch (StorageFailure told) {
            throw told;
        } catch (RuntimeException e) {
            throw failure.of(e, key);
        }
    }

    @Override
    public String url() {
        return failure.container();
    }

    /// Azure can't start at a path: pages before it are read and left out.
    @Override
    public ListPage list(ListRequest request) {
        ListBlobsOptions options = new ListBlobsOptions()
                .setPrefix(request.prefix().isEmpty() ? null : request.prefix())
                .setMaxResultsPerPage(Math.min(request.limit(), PAGE))
                .setDetails(new BlobListDetails().setRetrieveMetadata(true));
        return call("", () -> {
            Iterator<PagedResponse<BlobItem>> pages = container
                    .value()
                    .listBlobs(options, request.token().orElse(null), null)
                    .iterableByPage()
                    .iterator();
            PagedResponse<BlobItem> page = pages.next();
            List<ObjectInfo> objects = page.getValue().stream()
                    .filter(item -> PathOrder.BYTES.compare(item.getName(), request.after()) > 0)
                    .filter(item -> !isFolder(item.getMetadata()))
                    .map(AzureStore::info)
                    .toList();
            return new ListPage(
                    objects,
                    Optional.ofNullable(page.getContinuationToken())
                            .filter(token -> !token.isEmpty())
                            .map(request::from));
        });
    }

    private static boolean isFolder(Map<String, String> metadata) {
        return metadata != null && "true".equals(metadata.get(FOLDER));
    }

    private static ObjectInfo info(BlobItem item) {
        return new ObjectInfo(
                item.getName(),
                item.getProperties().getContentLength(),
                bare(item.getProperties().getETag()),
                item.getProperties().getLastModified().toInstant());
    }

    /// Listings leave the quotes out, everything else has them.
    private static String bare(String etag) {
        return etag.replace("\"", "");
    }

    private static ObjectInfo info(String path, BlobProperties there) {
        return new ObjectInfo(
                path,
                there.getBlobSize(),
                bare(there.getETag()),
                there.getLastModified().toInstant());
    }

    static ObjectInfo info(String path, long size, BlockBlobItem made) {
        return new ObjectInfo(
                path, size, bare(made.getETag()), made.getLastModified().toInstant());
    }

    @Override
    public Optional<ObjectInfo> find(String path) {
        return call(path, () -> {
            try {
                BlobProperties there = blob(path).getProperties();
                return isFolder(there.getMetadata()) ? Optional.empty() : Optional.of(info(path, there));
            } catch (BlobStorageException e) {
                if (e.getStatusCode() == 404 && !BlobErrorCode.CONTAINER_NOT_FOUND.equals(e.getErrorCode())) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public ObjectContent get(GetRequest request) {
        try {
            BlobRequestConditions conditions = new BlobRequestConditions();
            request.version().map(version -> "\"" + version + "\"").ifPresent(conditions::setIfMatch);
            long from = request.range().from();
            BlobInputStream stream = blob(request.path())
                    .openInputStream(new BlobInputStreamOptions()
                            .setRange(
                                    request.range().length().isPresent()
                                            ? new BlobRange(
                                                    from,
                                                    request.range().length().getAsLong())
                                            : new BlobRange(from))
                            .setRequestConditions(conditions)
                            .setConsistentReadControl(ConsistentReadControl.ETAG)
                            .setBlockSize(BLOCK));
            return new ObjectContent(info(request.path(), stream.getProperties()), new AzureStream(stream));
        } catch (RuntimeException e) {
            if (AzureFailure.is(e, Http.NO_RANGE)) {
                return Http.nothing(this, request);
            }
            throw failure.of(e, request.path());
        }
    }

    @Override
    public ObjectInfo put(String path, ByteBuffer content) {
        return call(path, () -> put(path, content, new BlobRequestConditions()));
    }

    private ObjectInfo put(String path, ByteBuffer content, BlobRequestConditions conditions) {
        Response<BlockBlobItem> made = blob(path)
                .uploadWithResponse(
                        new BlockBlobSimpleUploadOptions(BinaryData.fromByteBuffer(content.duplicate()))
                                .setRequestConditions(conditions),
                        null,
                        Context.NONE);
        return info(path, content.remaining(), made.getValue());
    }

    @Override
    public PutOutcome createIfAbsent(String path, ByteBuffer content) {
        try {
            return new PutOutcome.Stored(put(path, content, new BlobRequestConditions().setIfNoneMatch("*")));
        } catch (RuntimeException e) {
            if (AzureFailure.is(e, 412)
                    || e instanceof BlobStorageException b
                            && BlobErrorCode.BLOB_ALREADY_EXISTS.equals(b.getErrorCode())) {
                return new PutOutcome.Exists();
            }
            StorageFailure failed = failure.of(e, path);
            if (AzureFailure.mayHaveHappened(e)) {
                return new PutOutcome.Unknown(failed);
            }
            throw failed;
        }
    }

    /// Nothing is sent before the first part.
    @Override
    public Upload upload(String path, long partBytes) {
        return new AzureUpload(blob(path), failure, path);
    }

    /// Azure drops blocks that were never put together after a week, and names nobody who sent them.
    @Override
    public List<PendingUpload> pendingUploads(String prefix) {
        return List.of();
    }

    @Override
    public void abort(PendingUpload upload) {
        throw StorageFailure.of(
                StorageFailure.Kind.REFUSED, "unfinished uploads have no names here", failure.where(upload.path()));
    }

    /// Within an account Azure copies at once, nearly always; else it is asked until it is done.
    @Override
    public void copy(String from, String to) {
        call(from, () -> {
            String source = blob(from).getBlobUrl() + access;
            BlobCopyInfo copied =
                    blob(to).beginCopy(source, COPY_POLL).waitForCompletion().getValue();
            if (!CopyStatusType.SUCCESS.equals(copied.getCopyStatus())) {
                throw StorageFailure.of(
                        StorageFailure.Kind.UNAVAILABLE,
                        "the copy ended as " + copied.getCopyStatus(),
                        failure.where(to));
            }
            return copied;
        });
    }

    @Override
    public void delete(String path) {
        call(path, () -> blob(path).deleteIfExists());
    }

    @Override
    public void close() {
        // The SDK's clients hold nothing that has to be given back.
    }
}
