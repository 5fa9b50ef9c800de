package dev.wisent.api.source;

/// How far what is committed of a part of a stream lies behind what the source holds of it.
///
/// @param part what people know it by: the label of its split
/// @param position the ordinal up to which it is committed
/// @param end the ordinal at which it ends, in a run that reads to an end; else where it ended when the source last told
public record Lag(String part, long position, long end) {
    /// What is left; never less than 0.
    public long behind() {
        return Math.max(0, end - position);
    }
}
