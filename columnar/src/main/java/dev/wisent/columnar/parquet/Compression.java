package dev.wisent.columnar.parquet;

/// How pages are compressed.
public enum Compression {
    NONE(0),
    SNAPPY(1),
    GZIP(2),
    ZSTD(6),
    /// LZ4 blocks without a frame.
    LZ4_RAW(7);

    private final int code;

    Compression(int code) {
        this.code = code;
    }

    /// Its number in Parquet files (parquet.thrift, `CompressionCodec`).
    public int code() {
        return code;
    }
}
