package dev.wisent.api.commit;

/// One full refresh in the making, or the live content. The id is the number of the commit that began it on lane 0; a
/// target starts with [#FIRST].
public record GenerationId(long number) {
    /// The empty live generation a target starts with.
    public static final GenerationId FIRST = new GenerationId(0);

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
