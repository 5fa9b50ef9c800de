package dev.wisent.connectors.storagegcs;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.BaseServiceException;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.StorageFailure.Kind;
import dev.wisent.storage.Http;
import dev.wisent.storage.Secrets;
import java.io.IOException;

/// What exceptions of Google's library mean.
///
/// @param bucket its URL, for messages
record GcsFailure(String bucket, Secrets secrets) {
    private static final String NO_BUCKET = "bucket does not exist";

    StorageFailure of(BaseServiceException e, String key) {
        Kind kind = kind(e);
        return StorageFailure.of(kind, what(kind, e), where(key)).causedBy(secrets.cause(e));
    }

    /// Credentials that can't be found or read.
    StorageFailure ofCredentials(IOException e) {
        return StorageFailure.of(Kind.DENIED, "there are no credentials: " + secrets.clean(Http.message(e)), bucket)
                .hint("set google_service_account or google_service_account_key, or log in with gcloud")
                .causedBy(secrets.cause(e));
    }

    String where(String key) {
        return key.isEmpty() ? bucket : bucket + "/" + key;
    }

    private String what(Kind kind, BaseServiceException e) {
        String said = String.valueOf(e.getMessage());
        return switch (kind) {
            case NOT_FOUND -> said.contains(NO_BUCKET) ? "there is no such bucket" : "there is no such object";
            case CHANGED -> "the object was replaced";
            default ->
                status(e) > 0
                        ? secrets.clean("Google answered " + status(e) + ": " + firstLine(said))
                        : secrets.clean(firstLine(Http.message(e)));
        };
    }

    /// The rest is the request.
    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /// What was answered; 0: nothing. The XML client leaves it to the cause.
    static int status(BaseServiceException e) {
        if (e.getCode() > 0) {
            return e.getCode();
        }
        return e.getCause() instanceof HttpResponseException answered ? answered.getStatusCode() : 0;
    }

    /// Without a status nobody has answered: of the store, or of where credentials come from.
    private static Kind kind(BaseServiceException e) {
        int status = status(e);
        return status > 0 ? Http.kind(status) : Kind.UNAVAILABLE;
    }

    /// Whether a request that failed so may have done its work, now or later.
    static boolean mayHaveHappened(BaseServiceException e) {
        int status = status(e);
        return status >= 500 || status == 0 && !Http.neverSent(e);
    }
}
