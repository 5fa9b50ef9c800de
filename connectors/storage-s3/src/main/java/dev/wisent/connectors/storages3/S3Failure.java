package dev.wisent.connectors.storages3;

import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.StorageFailure.Kind;
import dev.wisent.storage.Http;
import dev.wisent.storage.Secrets;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What the SDK's exceptions mean.
///
/// @param bucket its URL, for messages
record S3Failure(String bucket, Secrets secrets) {
    /// Codes that come with status 400 and mean something else than a wrong request.
    private static final Set<String> DENIED =
            Set.of("ExpiredToken", "InvalidToken", "AuthorizationHeaderMalformed", "InvalidAccessKeyId");

    /// Digests that don't fit tell of bytes that were damaged on the way, and sent again they may arrive.
    private static final Set<String> PASSING = Set.of(
            "RequestTimeout",
            "SlowDown",
            "ConditionalRequestConflict",
            "BadDigest",
            "XAmzContentSHA256Mismatch",
            "IncompleteBody");

    StorageFailure of(SdkException e, String key) {
        return of(kind(e), e, key);
    }

    /// Of a completion that was asked for before: that one may still be on its way, and have taken parts already.
    StorageFailure ofRepeatedCompletion(SdkException e, String key) {
        boolean partGone = e instanceof S3Exception s3 && "InvalidPart".equals(code(s3));
        return of(partGone ? Kind.UNAVAILABLE : kind(e), e, key);
    }

    private StorageFailure of(Kind kind, SdkException e, String key) {
        String where = key.isEmpty() ? bucket : bucket + "/" + key;
        return StorageFailure.of(kind, what(kind, e), where).causedBy(secrets.cause(e));
    }

    private String what(Kind kind, SdkException e) {
        return switch (kind) {
            case NOT_FOUND ->
                e instanceof NoSuchBucketException ? "there is no such bucket" : "there is no such object";
            case CHANGED -> "the object was replaced";
            default ->
                e instanceof S3Exception s3 && s3.awsErrorDetails() != null
                        ? secrets.clean("S3 answered " + s3.statusCode() + " "
                                + s3.awsErrorDetails().errorCode() + ": "
                                + s3.awsErrorDetails().errorMessage())
                        : secrets.clean(Http.message(e));
        };
    }

    private static Kind kind(SdkException e) {
        if (e instanceof S3Exception s3) {
            String code = code(s3);
            return DENIED.contains(code)
                    ? Kind.DENIED
                    : PASSING.contains(code) ? Kind.UNAVAILABLE : Http.kind(s3.statusCode());
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("Unable to load credentials") || message.contains("Profile file")) {
            return Kind.DENIED;
        }
        return message.contains("Unable to load region") ? Kind.REFUSED : Kind.UNAVAILABLE;
    }

    private static String code(S3Exception e) {
        return e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
    }

    /// Whether a request that failed so may have done its work, now or later.
    static boolean mayHaveHappened(SdkException e) {
        if (e instanceof S3Exception s3) {
            return s3.statusCode() >= 500 && s3.statusCode() != 501;
        }
        return kind(e) == Kind.UNAVAILABLE && !Http.neverSent(e);
    }

    static boolean is(SdkException e, int status) {
        return e instanceof S3Exception s3 && s3.statusCode() == status;
    }
}
