package dev.wisent.api.source;

/// What a chunk carries.
public sealed interface Payload {
    /// What it takes of the fetch share (R10).
    long bytes();

    /// The engine is done with it: called once, after the chunk was decoded or thrown away; a decoder keeps nothing of it.
    default void release() {}

    /// Raw bytes.
    sealed interface Raw extends Payload {
        byte[] data();

        int offset();

        int length();

        @Override
        default long bytes() {
            return length();
        }
    }

    /// Bytes of the chunk's own.
    record Bytes(byte[] data, int offset, int length) implements Raw {}

    /// The beginning of a block that goes back to its pool when released.
    record Lent(byte[] data, int length, BlockPool pool) implements Raw {
        @Override
        public int offset() {
            return 0;
        }

        @Override
        public void release() {
            pool.give(data);
        }
    }

    /// Whatever the client library hands out.
    record Client(Object value, long bytes) implements Payload {}
}
