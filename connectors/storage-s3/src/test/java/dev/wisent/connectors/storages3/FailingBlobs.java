package dev.wisent.connectors.storages3;

import java.io.InputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The objects of the S3 endpoint, where requests fail on demand: before they do anything, or after it is done.
public final class FailingBlobs extends ForwardingBlobStore {
    public enum When {
        BEFORE,
        AFTER
    }

    private record Failure(When when, int status) {}

    private final Queue<Failure> puts = new ConcurrentLinkedQueue<>();
    private final Queue<Failure> lists = new ConcurrentLinkedQueue<>();

    FailingBlobs(BlobStore blobs) {
        super(blobs);
    }

    public void failPut(When when, int status) {
        puts.add(new Failure(when, status));
    }

    public void failList(int status) {
        lists.add(new Failure(When.BEFORE, status));
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
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
        Failure failure = lists.poll();
        if (failure != null) {
            throw answer(failure.status());
        }
        return super.list(request);
    }

    private static RuntimeException answer(int status) {
        String code = status == 503 ? "SlowDown" : "InternalError";
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
