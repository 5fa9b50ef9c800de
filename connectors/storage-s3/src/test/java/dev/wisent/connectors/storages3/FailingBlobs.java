package dev.wisent.connectors.storages3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// The objects of the S3 endpoint, where requests fail on demand: before they do anything, or after it is done.
public final class FailingBlobs extends ForwardingBlobStore {
    public enum When {
        BEFORE,
        AFTER
    }

    private record Failure(When when, int status) {}

    private final Queue<Failure> puts = new ConcurrentLinkedQueue<>();
    private final Queue<Failure> gets = new ConcurrentLinkedQueue<>();
    private volatile Optional<CountDownLatch> gather = Optional.empty();
    private final Queue<Failure> lists = new ConcurrentLinkedQueue<>();
    private static final int LATEST_MILLIS = 1_500;

    private final Random chance = new Random();
    private final Queue<CompletableFuture<Void>> late = new ConcurrentLinkedQueue<>();
    private final Queue<String> completions = new ConcurrentLinkedQueue<>();
    private volatile Optional<String> completing = Optional.empty();
    private volatile int percent;

    FailingBlobs(BlobStore blobs) {
        super(blobs);
    }

    public void failPut(When when, int status) {
        puts.add(new Failure(when, status));
    }

    /// Downloads that come wait for each other until so many are there; then all go on. More than that may come.
    public void gatherGets(int together) {
        gather = Optional.of(new CountDownLatch(together));
    }

    /// Whether as many downloads as were to be gathered came together.
    public boolean areGathered() {
        return gather.orElseThrow().getCount() == 0;
    }

    public void failGet(int status) {
        gets.add(new Failure(When.BEFORE, status));
    }

    public void failList(int status) {
        lists.add(new Failure(When.BEFORE, status));
    }

    /// The next completion of an upload is answered 500, and done later; meanwhile each further one finds the upload in a state
    /// that is no more whole, and is answered 400 and the code.
    public void completeLate(String meanwhile) {
        completions.add(meanwhile);
    }

    /// From now on, of a hundred puts, copies, parts, downloads and listings so many fail: some before anything is done, some
    /// after it is done, and some puts and copies are done later, when whoever asked was told long ago that they failed.
    public void storm(long seed, int percent) {
        chance.setSeed(seed);
        this.percent = percent;
    }

    /// Nothing fails any more, and what was to be done later is done.
    public void calm() {
        percent = 0;
        late.forEach(CompletableFuture::join);
        late.clear();
    }

    private boolean fails() {
        return chance.nextInt(100) < percent;
    }

    /// A put in a storm.
    private PutObjectResponse stormy(PutObjectRequest request, InputStream content) {
        int what = chance.nextInt(4);
        if (what == 0) {
            PutObjectResponse unseen = super.putBlob(request, content);
            throw answer(unseen == null ? 500 : 503);
        }
        if (what == 1) {
            try {
                byte[] bytes = content.readAllBytes();
                late.add(CompletableFuture.runAsync(
                        () -> arrive(request, bytes),
                        CompletableFuture.delayedExecutor(chance.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS)));
            } catch (IOException cut) {
                throw answer(500);
            }
        }
        throw answer(what == 2 ? 503 : 500);
    }

    /// A copy in a storm fails like a put.
    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        if (!fails()) {
            return super.copyBlob(request);
        }
        switch (chance.nextInt(4)) {
            case 0 -> super.copyBlob(request);
            case 1 ->
                late.add(CompletableFuture.runAsync(
                        () -> {
                            try {
                                super.copyBlob(request);
                            } catch (RuntimeException refused) {
                                return; // nobody waits for its answer
                            }
                        },
                        CompletableFuture.delayedExecutor(chance.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS)));
            default -> {}
        }
        throw answer(503);
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
            MultipartUpload upload, UploadPartRequest request, InputStream content) {
        if (!fails()) {
            return super.uploadMultipartPart(upload, request, content);
        }
        if (chance.nextBoolean()) {
            UploadPartResponse unused = super.uploadMultipartPart(upload, request, content);
        }
        throw answer(chance.nextBoolean() ? 500 : 503);
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        if (completing.isPresent()) {
            throw answer(400, completing.get());
        }
        String meanwhile = completions.poll();
        if (meanwhile != null) {
            completing = Optional.of(meanwhile);
            late.add(CompletableFuture.runAsync(
                    () -> {
                        CompleteMultipartUploadResponse unused = super.completeMultipartUpload(upload, request);
                        completing = Optional.empty();
                    },
                    CompletableFuture.delayedExecutor(LATEST_MILLIS, TimeUnit.MILLISECONDS)));
            throw answer(500);
        }
        if (!fails()) {
            return super.completeMultipartUpload(upload, request);
        }
        if (chance.nextBoolean()) {
            CompleteMultipartUploadResponse unused = super.completeMultipartUpload(upload, request);
        }
        throw answer(chance.nextBoolean() ? 500 : 503);
    }

    private void arrive(PutObjectRequest request, byte[] bytes) {
        try {
            super.putBlob(request, new ByteArrayInputStream(bytes));
        } catch (RuntimeException refused) {
            return; // nobody waits for its answer
        }
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        if (fails()) {
            return stormy(request, content);
        }
        Failure failure = puts.poll();
        if (failure != null && failure.when() == When.BEFORE) {
            throw answer(failure.status());
        }
        PutObjectResponse made = super.putBlob(request, content);
        if (failure != null) {
            throw answer(failure.status());
        }
        return made;
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        Failure failure = fails() ? new Failure(When.BEFORE, 503) : lists.poll();
        if (failure != null) {
            throw answer(failure.status());
        }
        return super.list(request);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        gather.ifPresent(FailingBlobs::wait);
        Failure failure = fails() ? new Failure(When.BEFORE, chance.nextBoolean() ? 500 : 503) : gets.poll();
        if (failure != null) {
            throw answer(failure.status());
        }
        return super.getBlob(request);
    }

    /// For a while only: if they never come together, the test is to say so.
    private static void wait(CountDownLatch gathering) {
        try {
            gathering.countDown();
            boolean unused = gathering.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException answer(int status) {
        return answer(status, status == 503 ? "SlowDown" : "InternalError");
    }

    private static RuntimeException answer(int status, String code) {
        return S3Exception.builder()
                .statusCode(status)
                .message("on demand")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("on demand")
                        .build())
                .build();
    }
}
