package dev.wisent.connectors.core.files;

import java.io.IOException;

/// Takes a file's bytes as they come and hands on what was compressed. One file, one thread. An [IOException] says what
/// is wrong with the file.
interface Unpacker extends AutoCloseable {
    /// Takes unpacked bytes, valid during the call.
    interface Out {
        void take(byte[] data, int offset, int length);
    }

    void feed(byte[] data, int offset, int length, Out out) throws IOException;

    /// The file has ended: it must end here.
    void end() throws IOException;

    @Override
    void close();

    /// Nothing was compressed.
    record Plain() implements Unpacker {
        @Override
        public void feed(byte[] data, int offset, int length, Out out) {
            out.take(data, offset, length);
        }

        @Override
        public void end() {}

        @Override
        public void close() {}
    }
}
