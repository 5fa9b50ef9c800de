package dev.wisent.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// The few buffers outside the heap that [DirectWrites] of the whole process share: who finds none waits until one is given
/// back, so the memory is bounded whatever is written at once.
final class AlignedBuffers {
    static final int BYTES = 1 << 20;
    private static final int MOST = 4;

    private static final BlockingQueue<ByteBuffer> FREE = new ArrayBlockingQueue<>(MOST);
    private static final AtomicInteger MADE = new AtomicInteger();

    private AlignedBuffers() {}

    /// An empty one, to be given back.
    static ByteBuffer take() throws IOException {
        ByteBuffer free = FREE.poll();
        if (free == null && MADE.get() < MOST && MADE.incrementAndGet() <= MOST) {
            free = make();
        }
        try {
            return free == null ? FREE.take() : free;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }

    private static ByteBuffer make() {
        try {
            return ByteBuffer.allocateDirect(BYTES + DirectWrites.BLOCK)
                    .alignedSlice(DirectWrites.BLOCK)
                    .slice(0, BYTES);
        } catch (OutOfMemoryError e) {
            MADE.decrementAndGet(); // else others would wait for one that never comes
            throw e;
        }
    }

    static void give(ByteBuffer buffer) {
        FREE.add(buffer.clear());
    }
}
