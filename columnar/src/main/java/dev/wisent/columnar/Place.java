package dev.wisent.columnar;

/// Where a record begins in its input.
///
/// @param ordinal how many records come before it, rejected ones included
/// @param line its line, from 1
/// @param byteOffset how many bytes of the (decompressed) input come before it
public record Place(long ordinal, long line, long byteOffset) {
    /// The start of an input.
    public static final Place START = new Place(0, 1, 0);

    public Place {
        if (ordinal < 0 || line < 1 || byteOffset < 0) {
            throw new IllegalArgumentException(
                    "no place: ordinal %d, line %d, byte %d".formatted(ordinal, line, byteOffset));
        }
    }

    /// `line 48,213, byte 9,114,502`: the form used in messages.
    @Override
    public String toString() {
        return "line %,d, byte %,d".formatted(line, byteOffset);
    }
}
