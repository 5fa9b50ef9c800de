package dev.wisent.columnar.internal.parquet;

/// Whether a column is written through a dictionary: tried with the first page of a chunk, decided when that page ends,
/// on what both ways need. A column that gave up does not try again in the same file.
final class DictionaryChoice {
    /// No dictionary is let grow above it: readers load it whole, and a larger one no longer fits their caches.
    static final int MOST_BYTES = 1 << 20;
    /// What a dictionary page costs beside its values: its header, statistics of encodings, a bit width for each page.
    private static final int OVERHEAD = 40;
    /// A page of fewer values says nothing about the pages of other chunks.
    private static final int TELLING_VALUES = 1_000;

    /// After so many values a column of which nearly all are new need not be tried any longer.
    private static final int HOPELESS_VALUES = 2_000;

    private enum State {
        TRYING,
        USED,
        /// Pages of this chunk use it, later ones do not: it became too large.
        FULL,
        PLAIN
    }

    private State state = State.TRYING;
    private boolean gaveUp;

    boolean isLookingUp() {
        return state == State.TRYING || state == State.USED;
    }

    /// Whether pages of the chunk refer to the dictionary.
    boolean isUsed() {
        return state == State.USED || state == State.FULL;
    }

    /// Whether the page should end now: the dictionary can take no more, or is not worth filling.
    boolean mustEndPage(int values, int entries, long dictionaryBytes) {
        boolean hopeless = state == State.TRYING && values >= HOPELESS_VALUES && entries > values - values / 32;
        return isLookingUp() && (hopeless || dictionaryBytes > MOST_BYTES);
    }

    /// Decides, if that is due, whether the page that ends now goes through the dictionary.
    boolean endPage(int values, int entries, long dictionaryBytes, long plainBytes) {
        if (state == State.TRYING && values > 0) {
            long ids = (long) values * idWidth(entries) / Byte.SIZE;
            boolean worth = dictionaryBytes + ids + OVERHEAD < plainBytes;
            state = worth ? State.USED : State.PLAIN;
            gaveUp |= !worth && values >= TELLING_VALUES;
        }
        boolean through = state == State.USED;
        if (through && dictionaryBytes > MOST_BYTES) {
            state = State.FULL;
            gaveUp = true;
        }
        return through && values > 0;
    }

    /// Bits an id needs. At least one: a stream of width 0 is legal, but not every reader takes it.
    static int idWidth(int entries) {
        return Math.max(1, Hybrid.width(entries - 1));
    }

    void beginChunk() {
        state = gaveUp ? State.PLAIN : State.TRYING;
    }

    void beginFile() {
        gaveUp = false;
    }
}
