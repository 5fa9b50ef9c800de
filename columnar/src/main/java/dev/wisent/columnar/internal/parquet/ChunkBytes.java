package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.OutputBuffer;
import java.util.ArrayList;
import java.util.List;

/// The finished pages of one column chunk, in blocks that are never copied to make room.
final class ChunkBytes {
    private final ByteBlocks source;
    private final List<byte[]> blocks = new ArrayList<>();
    private int length;

    ChunkBytes(ByteBlocks source) {
        this.source = source;
    }

    int length() {
        return length;
    }

    void put(OutputBuffer from) {
        int at = 0;
        int end = Math.addExact(length, from.length());
        while (length < end) {
            int used = length % ByteBlocks.BLOCK;
            if (used == 0) {
                blocks.add(source.take());
            }
            int piece = Math.min(end - length, ByteBlocks.BLOCK - used);
            System.arraycopy(from.array(), at, blocks.getLast(), used, piece);
            at += piece;
            length += piece;
        }
    }

    void writeTo(FileOutput out) {
        int rest = length;
        for (byte[] block : blocks) {
            int piece = Math.min(rest, ByteBlocks.BLOCK);
            out.put(block, 0, piece);
            rest -= piece;
        }
    }

    void clear() {
        source.giveBack(blocks);
        blocks.clear();
        length = 0;
    }
}
