package dev.wisent.connectors.storageazure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.StorageFailure.Kind;
import dev.wisent.storage.Http;
import dev.wisent.storage.Secrets;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/// What the SDK's exceptions mean.
///
/// @param container its URL, for messages
record AzureFailure(String container, Secrets secrets) {
    /// @throws RuntimeException `e` itself, if it is a defect and not a failure of the store
    StorageFailure of(RuntimeException e, String key) {
        Kind kind = kind(e);
        return StorageFailure.of(kind, what(kind, e), where(key)).causedBy(secrets.cause(e));
    }

    String where(String key) {
        return key.isEmpty() ? container : container + "/" + key;
    }

    private String what(Kind kind, RuntimeException e) {
        return switch (kind) {
            case NOT_FOUND ->
                e instanceof BlobStorageException b && BlobErrorCode.CONTAINER_NOT_FOUND.equals(b.getErrorCode())
                        ? "there is no such container"
                        : "there is no such object";
            case CHANGED -> "the object was replaced";
            default ->
                e instanceof BlobStorageException b
                        ? secrets.clean("Azure answered " + b.getStatusCode() + " " + b.getErrorCode() + ": "
                                + firstLine(b.getServiceMessage()))
                        : secrets.clean(firstLine(Http.message(e)));
        };
    }

    /// The rest are request ids and times.
    private static String firstLine(String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }

    private static Kind kind(RuntimeException e) {
        if (e instanceof ClientAuthenticationException) {
            return Kind.DENIED;
        }
        if (e instanceof HttpResponseException h && h.getResponse() != null) {
            return Http.kind(h.getResponse().getStatusCode());
        }
        if (isBroken(e)) {
            return Kind.UNAVAILABLE;
        }
        throw e;
    }

    /// A connection that failed, however the SDK wraps it.
    private static boolean isBroken(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean timeout = cause instanceof TimeoutException
                    || String.valueOf(cause.getMessage()).startsWith("Timeout on blocking read");
            if (cause instanceof IOException || timeout || cause instanceof InterruptedException) {
                return true;
            }
        }
        return e instanceof HttpResponseException;
    }

    /// Whether a request that failed so may have done its work, now or later.
    static boolean mayHaveHappened(RuntimeException e) {
        if (e instanceof HttpResponseException h && h.getResponse() != null) {
            return h.getResponse().getStatusCode() >= 500;
        }
        return !(e instanceof ClientAuthenticationException) && !Http.neverSent(e);
    }

    static boolean is(RuntimeException e, int status) {
        return e instanceof BlobStorageException b && b.getStatusCode() == status;
    }
}
