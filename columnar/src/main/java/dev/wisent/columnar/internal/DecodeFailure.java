package dev.wisent.columnar.internal;

import dev.wisent.columnar.BadRecord.Reason;
import java.util.Optional;

/// A record can't be decoded. Thrown once per bad record, so it carries no stack.
public final class DecodeFailure extends RuntimeException {
    private final Reason reason;
    private final transient Optional<String> column;

    public DecodeFailure(Reason reason, String message, Optional<String> column) {
        super(message, null, false, false);
        this.reason = reason;
        this.column = column;
    }

    public DecodeFailure(Reason reason, String message) {
        this(reason, message, Optional.empty());
    }

    public Reason reason() {
        return reason;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public Optional<String> column() {
        return column;
    }
}
