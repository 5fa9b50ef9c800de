package dev.wisent.columnar.internal.parquet;

import java.util.ArrayDeque;
import java.util.Deque;

/// Blocks that the finished pages of all columns of an encoder lie in, used again for the next row group: a buffer that grew
/// with each chunk would leave what it outgrew to the garbage collector, megabytes of it. Two threads.
final class ByteBlocks {
    /// So small that a thousand columns with little in them hold little, so large that pages are few pieces.
    static final int BLOCK = 16 << 10;
    /// What a larger row group has used is given back (R10).
    private static final int MOST_KEPT = (16 << 20) / BLOCK;

    private final Deque<byte[]> free = new ArrayDeque<>();

    synchronized byte[] take() {
        byte[] block = free.poll();
        return block == null ? new byte[BLOCK] : block;
    }

    synchronized void giveBack(Iterable<byte[]> blocks) {
        for (byte[] block : blocks) {
            if (free.size() < MOST_KEPT) {
                free.push(block);
            }
        }
    }
}
