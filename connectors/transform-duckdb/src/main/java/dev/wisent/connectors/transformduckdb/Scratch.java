package dev.wisent.connectors.transformduckdb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Memory for what an execution is given, all of it there until the next one: DuckDB's texts point into it. One thread.
final class Scratch implements AutoCloseable {
    /// Readable behind each piece, so that words of eight bytes may be read to its end.
    private static final int SLACK = 16;

    private static final long FIRST_BYTES = 64 << 10;
    /// A block that one execution needed is kept for the next if it is no larger.
    private static final long KEPT_BYTES = 8 << 20;

    private final List<Block> blocks = new ArrayList<>();
    private long used;

    private record Block(Arena arena, MemorySegment memory) {
        static Block of(long bytes) {
            Arena arena = Arena.ofShared();
            return new Block(arena, arena.allocate(bytes, Long.BYTES));
        }
    }

    /// Where a copy of these bytes is.
    long copy(byte[] from, int start, int length) {
        long address = room(length);
        Memory.put(address, from, start, length);
        return address;
    }

    private long room(long length) {
        long needed = length + SLACK;
        if (blocks.isEmpty() || used + needed > blocks.getLast().memory().byteSize()) {
            long before =
                    blocks.isEmpty() ? FIRST_BYTES : blocks.getLast().memory().byteSize();
            blocks.add(Block.of(Math.max(needed, Math.min(before * 2, KEPT_BYTES))));
            used = 0;
        }
        long address = blocks.getLast().memory().address() + used;
        used += needed;
        return address;
    }

    /// Forgets all that was copied.
    void clear() {
        while (blocks.size() > 1
                || !blocks.isEmpty() && blocks.getFirst().memory().byteSize() > KEPT_BYTES) {
            blocks.removeFirst().arena().close();
        }
        used = 0;
    }

    @Override
    public void close() {
        blocks.forEach(block -> block.arena().close());
        blocks.clear();
    }
}
