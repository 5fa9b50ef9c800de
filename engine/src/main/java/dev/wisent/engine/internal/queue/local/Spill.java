package dev.wisent.engine.internal.queue.local;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Messages that were handed out, are not acknowledged, and don't fit into memory: in files without a name, which are gone when
/// the process is. One thread at a time.
final class Spill implements AutoCloseable {
    private static final long FILE_BYTES = 64L << 20;

    private final Path folder;
    private final List<Part> parts = new ArrayList<>();
    private Optional<Part> current = Optional.empty();
    private int made;

    /// @param folder where the files are
    Spill(Path folder) {
        this.folder = folder;
    }

    private static final class Part {
        final FileChannel file;
        long end;
        int living;

        Part(FileChannel file) {
            this.file = file;
        }
    }

    /// Where a message is.
    static final class Place {
        private final Part part;
        private final long at;
        private final int length;

        private Place(Part part, long at, int length) {
            this.part = part;
            this.at = at;
            this.length = length;
        }
    }

    Place put(byte[] message) {
        try {
            Part part = current.isPresent() && current.get().end < FILE_BYTES ? current.get() : next();
            ByteBuffer bytes = ByteBuffer.wrap(message);
            while (bytes.hasRemaining()) {
                part.file.write(bytes, part.end + bytes.position());
            }
            Place place = new Place(part, part.end, message.length);
            part.end += message.length;
            part.living++;
            return place;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private Part next() throws IOException {
        Path name = folder.resolve(
                "waits-" + ProcessHandle.current().pid() + "-" + System.identityHashCode(this) + "-" + ++made);
        // On systems with POSIX files the name is gone as soon as the file is open.
        Part part = new Part(FileChannel.open(
                name,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
        Optional<Part> before = current;
        current = Optional.of(part);
        parts.add(part);
        if (before.isPresent()) {
            dropIfEmpty(before.get());
        }
        return part;
    }

    byte[] read(Place place) {
        ByteBuffer bytes = ByteBuffer.allocate(place.length);
        try {
            while (bytes.hasRemaining()) {
                if (place.part.file.read(bytes, place.at + bytes.position()) < 0) {
                    throw new EOFException("it ends before a message does");
                }
            }
            return bytes.array();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void free(Place place) {
        place.part.living--;
        try {
            dropIfEmpty(place.part);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void dropIfEmpty(Part part) throws IOException {
        if (part.living == 0 && !current.equals(Optional.of(part))) {
            parts.remove(part);
            part.file.close();
        }
    }

    private WisentException failure(IOException e) {
        return WisentException.of(ErrorCode.QUEUE_REFUSED, "what waits to be committed can't be kept on disk: " + e)
                .where(folder.toString())
                .hint("make room there, name another folder by java.io.tmpdir, or commit more often (commit_interval)")
                .causedBy(e);
    }

    @Override
    public void close() {
        for (Part part : parts) {
            try {
                part.file.close();
            } catch (IOException e) {
                // It has no name, and nobody asks for it any more.
            }
        }
        parts.clear();
        current = Optional.empty();
    }
}
