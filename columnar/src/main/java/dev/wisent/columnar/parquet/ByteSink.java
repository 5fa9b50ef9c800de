package dev.wisent.columnar.parquet;

/// Takes the bytes of a file, in order. `OutputBuffer::put` is one.
@FunctionalInterface
public interface ByteSink {
    /// The bytes are valid during the call only.
    void put(byte[] data, int from, int length);
}
