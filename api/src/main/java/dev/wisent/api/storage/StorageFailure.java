package dev.wisent.api.storage;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.util.Optional;

/// A store did not do what it was asked. Neither message nor cause holds a credential (R14): stores hand over causes that
/// were cleaned.
public final class StorageFailure extends WisentException {
    private static final long serialVersionUID = 1;

    /// What callers tell apart.
    public enum Kind {
        /// No connection, no answer in time, too many requests, a failure of the store itself: trying again may help.
        UNAVAILABLE(ErrorCode.STORAGE_UNREACHABLE),
        /// No credentials, wrong ones, or ones that may not do this.
        DENIED(ErrorCode.STORAGE_DENIED),
        /// No such object; or no such bucket, as the message then says.
        NOT_FOUND(ErrorCode.OBJECT_NOT_FOUND),
        /// The object is another one than the caller has seen.
        CHANGED(ErrorCode.OBJECT_CHANGED),
        /// Anything else that trying again won't mend.
        REFUSED(ErrorCode.STORAGE_FAILED);

        private final ErrorCode code;

        Kind(ErrorCode code) {
            this.code = code;
        }

        public ErrorCode code() {
            return code;
        }
    }

    private final Kind kind;

    private StorageFailure(Kind kind, String what, String where, String tried, String hint, Optional<Throwable> cause) {
        super(kind.code, retry(kind), what, where, tried, hint, "", cause);
        this.kind = kind;
    }

    /// @param where the object's URL
    public static StorageFailure of(Kind kind, String what, String where) {
        return new StorageFailure(kind, what, where, "", "", Optional.empty());
    }

    private static Retry retry(Kind kind) {
        return kind == Kind.UNAVAILABLE ? Retry.TRANSIENT : Retry.PERMANENT;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public StorageFailure where(String place) {
        return new StorageFailure(kind, what(), place, tried(), hint(), Optional.ofNullable(getCause()));
    }

    @Override
    public StorageFailure tried(String attempts) {
        return new StorageFailure(kind, what(), where(), attempts, hint(), Optional.ofNullable(getCause()));
    }

    @Override
    public StorageFailure hint(String advice) {
        return new StorageFailure(kind, what(), where(), tried(), advice, Optional.ofNullable(getCause()));
    }

    @Override
    public StorageFailure causedBy(Throwable cause) {
        return new StorageFailure(kind, what(), where(), tried(), hint(), Optional.of(cause));
    }
}
