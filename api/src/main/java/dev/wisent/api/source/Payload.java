package dev.wisent.api.source;

/// What a chunk carries.
public sealed interface Payload {
    /// What it takes of the fetch share (R10).
    long bytes();

    /// Raw bytes, owned by the chunk.
    record Bytes(byte[] data, int offset, int length) implements Payload {
        @Override
        public long bytes() {
            return length;
        }
    }

    /// Whatever the client library hands out.
    record Client(Object value, long bytes) implements Payload {}
}
