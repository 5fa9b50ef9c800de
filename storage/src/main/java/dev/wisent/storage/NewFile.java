package dev.wisent.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/// A new local file, written once from its beginning to its end, and durable then. A large one goes past the page cache
/// ([DirectWrites]), so this is not for what is read again soon; a small one is written in one go by [#finish]. One thread at
/// a time. Of an interrupted thread the file is closed, as by [FileChannel].
public final class NewFile implements Closeable {
    /// Less is kept until there is more, or the end.
    private static final int LEAST = 64 << 10;

    private final Path file;
    private final FileChannel channel;
    private Optional<DirectWrites> blocks = Optional.empty();
    private byte[] kept = new byte[0];
    private int keptBytes;
    private long written;

    private NewFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Throws when there is a file of this name.
    public static NewFile create(Path file) throws IOException {
        return new NewFile(file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /// Takes `data`; the array can be used again at once.
    public void write(byte[] data, int length) throws IOException {
        if (keptBytes + length < LEAST) {
            keep(data, 0, length);
            return;
        }
        if (blocks.isEmpty()) {
            blocks = Optional.of(DirectWrites.into(file, channel));
        }
        ByteBuffer rest = ByteBuffer.wrap(data, 0, length);
        written += blocks.get().blocks(written, ByteBuffer.wrap(kept, 0, keptBytes), rest);
        keptBytes = 0;
        keep(data, rest.position(), rest.remaining());
    }

    private void keep(byte[] data, int from, int length) {
        if (kept.length < keptBytes + length) {
            kept = Arrays.copyOf(kept, LEAST);
        }
        System.arraycopy(data, from, kept, keptBytes, length);
        keptBytes += length;
    }

    /// Its content, not its name, is on disk when this returns. Nothing is written afterwards.
    public void finish() throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(kept, 0, keptBytes);
        while (rest.hasRemaining()) {
            written += channel.write(rest, written);
        }
        keptBytes = 0;
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        try (FileChannel _ = channel) {
            if (blocks.isPresent()) {
                blocks.get().close();
            }
        }
    }
}
