package dev.wisent.connectors.delta.kernel;

import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.columnar.OutputBuffer;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;

/// An object that Kernel writes: gathered in memory, put in one step when it is closed.
record StoreOutput(ObjectStore store, String relative, String path) implements OutputFile {
    /// What Kernel writes as a stream is Parquet, which ends with this. Without it the writer was given up, and half a
    /// checkpoint would be worse than none.
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    @Override
    public PositionOutputStream create(boolean overwrite) {
        return new Gathered(overwrite);
    }

    @Override
    public void writeAtomically(CloseableIterator<String> lines, boolean overwrite) throws IOException {
        OutputBuffer buffer = new OutputBuffer();
        try (lines) {
            while (lines.hasNext()) {
                buffer.put((lines.next() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        store(buffer, overwrite);
    }

    private void store(OutputBuffer buffer, boolean overwrite) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(buffer.array(), 0, buffer.length());
        if (overwrite) {
            store.put(relative, content);
        } else if (store.createIfAbsent(relative, content) instanceof PutOutcome.Exists) {
            throw new FileAlreadyExistsException(path);
        }
    }

    private final class Gathered extends PositionOutputStream {
        private final OutputBuffer buffer = new OutputBuffer();
        private final boolean overwrite;
        private boolean closed;

        Gathered(boolean overwrite) {
            this.overwrite = overwrite;
        }

        @Override
        public long getPos() {
            return buffer.length();
        }

        @Override
        public void write(int value) {
            buffer.put(value);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            buffer.put(from, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            int end = buffer.length();
            if (end < MAGIC.length || !Arrays.equals(buffer.array(), end - MAGIC.length, end, MAGIC, 0, MAGIC.length)) {
                throw new IOException(path + " was not written to its end");
            }
            store(buffer, overwrite);
        }
    }
}
