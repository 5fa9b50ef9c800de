package dev.wisent.connectors.delta.kernel;

import dev.wisent.api.storage.ByteRange;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;

/// An object that Kernel reads, in pieces of a megabyte: it jumps about in checkpoints.
record StoreInput(ObjectStore store, String relative, String path, long knownSize) implements InputFile {
    private static final int PIECE = 1 << 20;

    @Override
    public long length() throws IOException {
        return knownSize > 0
                ? knownSize
                : store.find(relative)
                        .orElseThrow(() -> new FileNotFoundException(path))
                        .size();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        return new Pieces(length());
    }

    byte[] all() throws IOException {
        try (ObjectContent content = opened(GetRequest.of(relative))) {
            return content.stream().readAllBytes();
        }
    }

    private ObjectContent opened(GetRequest request) throws IOException {
        try {
            return store.get(request);
        } catch (StorageFailure e) {
            if (e.kind() == StorageFailure.Kind.NOT_FOUND) {
                throw (IOException) new FileNotFoundException(path).initCause(e);
            }
            throw new IOException(e);
        }
    }

    private final class Pieces extends SeekableInputStream {
        private final long size;
        private long position;
        private long pieceStart;
        private byte[] piece = new byte[0];

        Pieces(long size) {
            this.size = size;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long to) {
            position = to;
        }

        @Override
        public int read() throws IOException {
            return fill() ? piece[(int) (position++ - pieceStart)] & 0xff : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int from = (int) (position - pieceStart);
            int count = Math.min(length, piece.length - from);
            System.arraycopy(piece, from, to, offset, count);
            position += count;
            return count;
        }

        @Override
        public void readFully(byte[] to, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                int count = read(to, offset + done, length - done);
                if (count < 0) {
                    throw new EOFException(path + " ends at " + size);
                }
                done += count;
            }
        }

        private boolean fill() throws IOException {
            if (position >= size) {
                return false;
            }
            if (position < pieceStart || position >= pieceStart + piece.length) {
                long end = Math.min(size, position + PIECE);
                try (ObjectContent content =
                        opened(GetRequest.of(relative).only(ByteRange.of(position, end - position)))) {
                    piece = content.stream().readAllBytes();
                }
                pieceStart = position;
                if (piece.length == 0) {
                    throw new EOFException(path + " ends before " + size);
                }
            }
            return true;
        }
    }
}
