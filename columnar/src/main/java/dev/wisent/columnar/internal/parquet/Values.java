package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.OutputBuffer;

/// The values of one leaf column, nulls left out: those of the page under construction, encoded as they come, and the
/// dictionary of the chunk. A chunk is begun, its pages are filled and ended, its dictionary is written.
abstract sealed class Values permits NumberValues, BytesValues, BoolValues {
    static final int PLAIN = 0;
    static final int RLE = 3;
    static final int RLE_DICTIONARY = 8;

    /// Appends rows `[first, first + count)`, none of them null.
    abstract void append(Column column, int first, int count);

    /// Appends `count` rows that are not null.
    abstract void append(Column column, int[] rows, int count);

    /// Values the page has now.
    abstract int count();

    /// Bytes the page has now, about.
    abstract int pageBytes();

    /// Whether the page has to end now: the dictionary can take no more.
    boolean mustEndPage() {
        return false;
    }

    /// Appends the page's values to `out` and begins the next page. Returns their encoding.
    abstract int endPage(OutputBuffer out);

    /// Of the page since the last [#endPage]; the caller clears them.
    abstract Stats stats();

    /// A new, empty object of the kind [#stats] is.
    abstract Stats newStats();

    /// Entries the chunk's dictionary page needs; 0: no page refers to one.
    int dictionarySize() {
        return 0;
    }

    /// Appends the dictionary page's values.
    void dictionary(OutputBuffer out) {
        throw new IllegalStateException("no dictionary");
    }

    /// Whether the column keeps trying dictionaries after this file began.
    void beginFile() {}

    /// Forgets pages and dictionary of the last chunk.
    abstract void beginChunk();

    abstract long heldBytes();
}
