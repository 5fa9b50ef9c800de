package dev.wisent.api.error;

import java.util.Optional;

/// The one exception users meet. Secrets never go into any part of it (R14).
///
/// Built by [#of], then the copying `where`, `tried`, `hint`, `next`, `causedBy`. What was tried, a hint and the next command
/// are those of the [ErrorCode] unless the thrower knows better, so no error lacks them; where it happened may be
/// empty, and is then added by whoever runs the thing.
public class WisentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Whether trying again may help.
    public enum Retry {
        TRANSIENT,
        PERMANENT
    }

    private final ErrorCode code;
    private final Retry retry;
    private final String where;
    private final String tried;
    private final String hint;
    private final String next;

    protected WisentException(
            ErrorCode code,
            Retry retry,
            String what,
            String where,
            String tried,
            String hint,
            String next,
            Optional<Throwable> cause) {
        super(what, cause.orElse(null));
        this.code = code;
        this.retry = retry;
        this.where = where;
        this.tried = tried;
        this.hint = hint;
        this.next = next;
    }

    public static WisentException of(ErrorCode code, String what) {
        return new WisentException(code, Retry.PERMANENT, what, "", "", "", "", Optional.empty());
    }

    /// A failure that may go away by itself: the engine tries again within its time budget.
    public static WisentException transientFailure(ErrorCode code, String what, Throwable cause) {
        return new WisentException(code, Retry.TRANSIENT, what, "", "", "", "", Optional.of(cause));
    }

    public WisentException where(String place) {
        return new WisentException(code, retry, what(), place, tried, hint, next, cause());
    }

    public WisentException tried(String attempts) {
        return new WisentException(code, retry, what(), where, attempts, hint, next, cause());
    }

    public WisentException hint(String advice) {
        return new WisentException(code, retry, what(), where, tried, advice, next, cause());
    }

    public WisentException next(String command) {
        return new WisentException(code, retry, what(), where, tried, hint, command, cause());
    }

    public WisentException causedBy(Throwable cause) {
        return new WisentException(code, retry, what(), where, tried, hint, next, Optional.of(cause));
    }

    public ErrorCode code() {
        return code;
    }

    public boolean isTransient() {
        return retry == Retry.TRANSIENT;
    }

    public String what() {
        String message = getMessage();
        return message == null ? code.title() : message;
    }

    public String where() {
        return where;
    }

    public String tried() {
        return tried.isBlank() ? code.tried() : tried;
    }

    public String hint() {
        return hint.isBlank() ? code.hint() : hint;
    }

    /// The command to go on with; `FILE` in it stands for the pipeline file.
    public String next() {
        return next.isBlank() ? code.next() : next;
    }

    private Optional<Throwable> cause() {
        return Optional.ofNullable(getCause());
    }
}
