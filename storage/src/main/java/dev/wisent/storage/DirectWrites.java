package dev.wisent.storage;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Writes whole blocks of one file past the page cache (`O_DIRECT`), where the file system can, else through it: the same
/// bytes either way. What is going to be synced anyway costs a fraction of the CPU so, and nothing is left to wait for when
/// it is (docs/benchmarks.md, Lake). The environment variable `WISENT_DIRECT_IO=off` has everything written through the cache.
///
/// For several threads, each at its own place of the file.
final class DirectWrites implements Closeable {
    /// Where and in how many bytes such a write begins and ends. A file system that asks for more refuses, and gets them
    /// through the cache.
    static final int BLOCK = 4096;

    private static final boolean WANTED = !"off".equals(System.getenv("WISENT_DIRECT_IO"));

    private final FileChannel cached;
    private final Optional<FileChannel> direct;
    private volatile boolean refused;

    /// @param direct of the same file, open to write past the cache; closed by this
    DirectWrites(FileChannel cached, Optional<FileChannel> direct) {
        this.cached = cached;
        this.direct = direct;
    }

    /// @param cached of the same file, open to write; stays the caller's
    static DirectWrites into(Path file, FileChannel cached) {
        return new DirectWrites(cached, WANTED ? open(file) : Optional.empty());
    }

    private static Optional<FileChannel> open(Path file) {
        try {
            return Optional.of(FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT));
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.empty(); // not on this system, or not on this file system
        }
    }

    /// Writes all whole blocks of what is left in `first` and then `second`, and leaves less than one.
    ///
    /// @param at a multiple of [#BLOCK]
    /// @return how many bytes were written
    long blocks(long at, ByteBuffer first, ByteBuffer second) throws IOException {
        long to = at;
        while (first.remaining() + second.remaining() >= BLOCK) {
            ByteBuffer piece = AlignedBuffers.take();
            try {
                piece.limit(Math.min(piece.capacity(), first.remaining() + second.remaining()) / BLOCK * BLOCK);
                fill(piece, first);
                fill(piece, second);
                to = piece(to, piece.flip());
            } finally {
                AlignedBuffers.give(piece);
            }
        }
        return to - at;
    }

    private static void fill(ByteBuffer piece, ByteBuffer from) {
        int length = Math.min(piece.remaining(), from.remaining());
        piece.put(from.slice(from.position(), length));
        from.position(from.position() + length);
    }

    private long piece(long at, ByteBuffer piece) throws IOException {
        long to = at;
        try {
            while (direct.isPresent() && !refused && piece.hasRemaining()) {
                to += direct.get().write(piece, to);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException _) {
            // It can be opened so and not written, or the disk is full: the other way does it, or tells why it can't be
            // done.
            refused = true;
        }
        while (piece.hasRemaining()) {
            to += cached.write(piece, to);
        }
        return to;
    }

    @Override
    public void close() throws IOException {
        if (direct.isPresent()) {
            direct.get().close();
        }
    }
}
