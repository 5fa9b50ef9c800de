package dev.wisent.columnar.internal.parquet.codec;

import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.parquet.Compression;

/// Compresses pages, one at a time. May hold native memory until it is closed.
public interface PageCodec extends AutoCloseable {
    /// Appends the compressed form of `length` bytes to `out`.
    void compress(byte[] source, int from, int length, OutputBuffer out);

    @Override
    default void close() {}

    /// @param level for those that have one
    static PageCodec of(Compression compression, int level) {
        return switch (compression) {
            case NONE -> (source, from, length, out) -> out.put(source, from, length);
            case SNAPPY -> new SnappyCodec();
            case GZIP -> new GzipCodec(level);
            case ZSTD -> new ZstdCodec(level);
            case LZ4_RAW -> new Lz4Codec();
        };
    }
}
