package dev.wisent.columnar.internal.parquet;

import java.util.Optional;

/// A column of a row group that has been handed out; what the footer says about it.
final class FinishedChunk {
    final ColumnWriter column;
    final long values;
    final long nulls;
    final long uncompressed;
    final long compressed;
    /// Where the dictionary page begins, or the first data page if there is none.
    final long start;
    final long dataStart;
    final boolean hasDictionary;
    final int dictionaryPages;
    final int plainPages;
    final Optional<BoundPair> bounds;
    final Optional<byte[]> columnIndex;
    final byte[] offsetIndex;
    long bloomStart;
    int bloomLength;
    long columnIndexStart;
    long offsetIndexStart;

    /// The bounds in PLAIN.
    record BoundPair(byte[] min, boolean minExact, byte[] max, boolean maxExact) {}

    FinishedChunk(
            ColumnWriter column,
            ColumnWriter.Counts counts,
            long start,
            long dataStart,
            long compressed,
            Optional<BoundPair> bounds,
            Optional<byte[]> columnIndex,
            byte[] offsetIndex) {
        this.column = column;
        this.values = counts.levels();
        this.nulls = counts.nulls();
        this.uncompressed = counts.uncompressed();
        this.dictionaryPages = counts.dictionaryPages();
        this.plainPages = counts.plainPages();
        this.start = start;
        this.dataStart = dataStart;
        this.hasDictionary = dataStart > start;
        this.compressed = compressed;
        this.bounds = bounds;
        this.columnIndex = columnIndex;
        this.offsetIndex = offsetIndex;
    }
}
