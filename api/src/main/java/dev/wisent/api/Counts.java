package dev.wisent.api;

/// The ledger of one commit, or a sum of them. `read + added = written + rejected + filtered + deduplicated`, or the
/// run has failed.
///
/// @param discardedValues values left out by a contract's `discard_value`: their rows were written, so they stand
/// outside the equation
public record Counts(
        long read,
        long added,
        long written,
        long rejected,
        long filtered,
        long deduplicated,
        long discardedValues,
        long bytesRead,
        long bytesWritten) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(
                read + other.read,
                added + other.added,
                written + other.written,
                rejected + other.rejected,
                filtered + other.filtered,
                deduplicated + other.deduplicated,
                discardedValues + other.discardedValues,
                bytesRead + other.bytesRead,
                bytesWritten + other.bytesWritten);
    }

    public boolean addsUp() {
        return read + added == written + rejected + filtered + deduplicated;
    }
}
