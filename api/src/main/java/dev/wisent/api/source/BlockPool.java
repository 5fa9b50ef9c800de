package dev.wisent.api.source;

import java.util.ArrayDeque;

/// Byte arrays of one size that are used again, so that fetching makes no garbage. A reader takes a block for each chunk; the
/// engine gives it back when the chunk was decoded ([Payload#release]), on another thread. What is not given back is
/// garbage, no more. Any thread.
public final class BlockPool {
    private final int blockBytes;
    private final int mostKept;
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();

    /// @param mostKept free blocks above it are left to the garbage collector
    public BlockPool(int blockBytes, int mostKept) {
        this.blockBytes = blockBytes;
        this.mostKept = mostKept;
    }

    /// A block whose content is whatever its last user left in it.
    public synchronized byte[] take() {
        return free.isEmpty() ? new byte[blockBytes] : free.pop();
    }

    /// The payload that lends `length` bytes of `block` until it is released.
    public Payload lend(byte[] block, int length) {
        return new Payload.Lent(block, length, this);
    }

    /// The last one given back is the next one taken: it may still lie in the processor's cache.
    synchronized void give(byte[] block) {
        if (free.size() < mostKept) {
            free.push(block);
        }
    }
}
