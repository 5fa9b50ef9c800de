package dev.wisent.api;

/// Names one independently readable part of a stream for ever: it contains whatever identifies the content (a file's
/// etag, a window's counter),
/// because a finished split is never planned again. Keep it short (a 128-bit hash in hex will do): every finished one
/// is remembered.
public record SplitId(String value) implements Comparable<SplitId> {
    public SplitId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a split needs an id");
        }
    }

    @Override
    public int compareTo(SplitId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
