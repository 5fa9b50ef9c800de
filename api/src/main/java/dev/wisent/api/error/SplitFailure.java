package dev.wisent.api.error;

import dev.wisent.api.Reject;

/// One input is unusable, the others are not: a truncated gzip, a file that vanished. What the engine does is
/// `error_handling`'s choice: the
/// default leaves the whole input out, as a reject, and goes on; nothing of it stays in the target.
public final class SplitFailure extends WisentException {
    private static final long serialVersionUID = 1;
    private final Reject.Stage stage;

    public SplitFailure(Reject.Stage stage, String what, String where, Throwable cause) {
        super(ErrorCode.BAD_FILE, Retry.PERMANENT, what, where, "", "", "", java.util.Optional.of(cause));
        this.stage = stage;
    }

    public Reject.Stage stage() {
        return stage;
    }
}
