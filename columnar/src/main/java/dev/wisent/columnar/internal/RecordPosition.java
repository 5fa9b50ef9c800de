package dev.wisent.columnar.internal;

import dev.wisent.columnar.Place;

/// Where a splitter is: the record being handed over and the one after it. Owned and moved by the splitter.
public final class RecordPosition {
    private long line;
    private long offset;
    private long nextLine;
    private long nextOffset;

    public RecordPosition(Place start) {
        nextLine = start.line();
        nextOffset = start.byteOffset();
        begin();
    }

    /// What comes next begins here.
    public void begin() {
        line = nextLine;
        offset = nextOffset;
    }

    /// So many bytes, with so many line ends among them, were taken.
    public void advance(long bytes, long lines) {
        nextOffset += bytes;
        nextLine += lines;
    }

    public long line() {
        return line;
    }

    public long offset() {
        return offset;
    }

    public long nextLine() {
        return nextLine;
    }

    public long nextOffset() {
        return nextOffset;
    }
}
