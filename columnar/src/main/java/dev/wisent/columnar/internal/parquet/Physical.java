package dev.wisent.columnar.internal.parquet;

/// Parquet's physical types (parquet.thrift, `Type`), without the deprecated INT96.
enum Physical {
    BOOLEAN(0, 0),
    INT32(1, Integer.BYTES),
    INT64(2, Long.BYTES),
    FLOAT(4, Float.BYTES),
    DOUBLE(5, Double.BYTES),
    BYTE_ARRAY(6, 0),
    FIXED_LEN_BYTE_ARRAY(7, 0);

    private final int code;
    private final int width;

    Physical(int code, int width) {
        this.code = code;
        this.width = width;
    }

    int code() {
        return code;
    }

    /// Bytes of a number.
    int width() {
        return width;
    }
}
