package dev.wisent.connectors.postgres;

/// The forms in which values stand in COPY's binary format: those of the server's `…_send` and `…_recv` functions, big-endian.
public enum Wire {
    /// One byte, 0 or 1.
    BOOL,
    INT2,
    INT4,
    INT8,
    /// Four bytes without sign.
    OID,
    FLOAT4,
    FLOAT8,
    /// Digits in groups of four: count, weight, sign, scale, groups (`numeric_send`).
    NUMERIC,
    /// UTF-8.
    TEXT,
    BYTEA,
    /// 16 bytes.
    UUID,
    /// Days since 2000-01-01; the two extreme values are the infinities.
    DATE,
    /// µs since midnight.
    TIME,
    /// µs since 2000-01-01T00:00 in the reading's own zone; the two extreme values are the infinities.
    TIMESTAMP,
    /// µs since 2000-01-01T00:00Z; the two extreme values are the infinities.
    TIMESTAMPTZ,
    /// UTF-8.
    JSON,
    /// The byte 1, then UTF-8.
    JSONB;

    /// From 1970-01-01, where Wisent counts from, to 2000-01-01, where PostgreSQL does.
    public static final int EPOCH_DAYS = 10_957;

    public static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;
}
