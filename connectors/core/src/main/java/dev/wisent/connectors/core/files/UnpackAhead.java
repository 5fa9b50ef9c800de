package dev.wisent.connectors.core.files;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Unpacks on a thread of its own while what came before is decoded: for when there are fewer files than cores. The first chunk
/// is handed over by [#feed], and each further one is, before the one ahead of it is handed on: so what comes out, in which
/// call, does not depend on how fast either thread is.
///
/// Two threads: the decoder's, which makes all calls, and this one's own. They share nothing but two bounded queues.
final class UnpackAhead implements AutoCloseable {
    private static final int BLOCK = 256 << 10;
    /// Unpacked blocks that wait: two megabytes.
    private static final int BLOCKS = 8;
    /// The chunk that is unpacked, and the next one.
    private static final int CHUNKS = 2;

    /// What comes back, in order.
    private sealed interface Product {
        record Block(byte[] data, int length) implements Product {}

        record ChunkEnd() implements Product {}

        record Failed(IOException cause) implements Product {}

        record Broken(Throwable cause) implements Product {}
    }

    private record Chunk(byte[] data, int length) {}

    private final Unpacker unpacker;
    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<Product> products = new ArrayBlockingQueue<>(BLOCKS);
    /// Blocks that were handed on.
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BLOCKS);
    /// What chunks were copied to that are unpacked.
    private final BlockingQueue<byte[]> freeChunks = new ArrayBlockingQueue<>(CHUNKS);
    private final Thread thread;
    private int waiting;

    /// @param unpacker is this object's until [#close] returned; closed by whoever gave it
    UnpackAhead(Unpacker unpacker, String where) {
        this.unpacker = unpacker;
        this.thread = Thread.ofPlatform().daemon().name("unpack-" + where).start(this::work);
    }

    /// Whether there are chunks whose content was not handed on yet.
    boolean isPending() {
        return waiting > 0;
    }

    /// Takes a chunk, and hands on all of the chunk before it.
    void feed(byte[] data, int offset, int length, Unpacker.Out out) throws IOException {
        try {
            byte[] kept = freeChunks.poll();
            byte[] copy = kept == null || kept.length < length ? new byte[Math.max(length, BLOCK)] : kept;
            System.arraycopy(data, offset, copy, 0, length);
            chunks.put(new Chunk(copy, length));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        waiting++;
        if (waiting > 1) {
            handOn(out);
        }
    }

    /// Hands on what is left of all chunks so far.
    void drain(Unpacker.Out out) throws IOException {
        while (waiting > 0) {
            handOn(out);
        }
    }

    private void handOn(Unpacker.Out out) throws IOException {
        while (true) {
            switch (next()) {
                case Product.Block(byte[] data, int length) -> {
                    out.take(data, 0, length);
                    boolean unused = free.offer(data);
                }
                case Product.ChunkEnd end -> {
                    waiting--;
                    return;
                }
                case Product.Failed(IOException cause) -> throw cause;
                case Product.Broken(Throwable cause) -> throw new IllegalStateException("unpacking broke", cause);
            }
        }
    }

    private Product next() {
        try {
            return products.take();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /// No failure of the file: that would be a reject, and the file done with.
    private static WisentException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return WisentException.of(ErrorCode.INTERRUPTED, "interrupted while a file was unpacked")
                .causedBy(e);
    }

    private void work() {
        try {
            while (true) {
                Chunk chunk = chunks.take();
                products.put(unpacked(chunk));
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private Product unpacked(Chunk chunk) throws InterruptedException {
        try {
            unpacker.feed(chunk.data(), 0, chunk.length(), this::pass);
            boolean unused = freeChunks.offer(chunk.data());
            return new Product.ChunkEnd();
        } catch (IOException e) {
            return new Product.Failed(e);
        } catch (Closed e) {
            throw new InterruptedException();
        } catch (RuntimeException | Error e) {
            return new Product.Broken(e);
        }
    }

    /// Unwinds the unpacker when nobody wants more.
    private static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Closed(InterruptedException cause) {
            super(cause);
        }
    }

    private void pass(byte[] data, int offset, int length) {
        try {
            for (int at = offset; at < offset + length; at += BLOCK) {
                int count = Math.min(BLOCK, offset + length - at);
                byte[] kept = free.poll();
                byte[] block = kept == null ? new byte[BLOCK] : kept;
                System.arraycopy(data, at, block, 0, count);
                products.put(new Product.Block(block, count));
            }
        } catch (InterruptedException e) {
            throw new Closed(e);
        }
    }

    /// The thread is gone when it returns, so that the unpacker may be closed.
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
