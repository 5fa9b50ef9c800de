package dev.wisent.connectors.postgres.read;

import dev.wisent.api.source.BlockPool;
import dev.wisent.api.source.Payload;
import java.util.Arrays;

/// Whole rows, in a block of the pool; a row that is longer than a block, alone in its own bytes. Rows that fill less than
/// half a block give it back: what waits is counted by its rows (R10). One thread.
final class Block {
    private final BlockPool pool;
    private byte[] data = {};
    private int used;
    private int rows;

    Block(BlockPool pool) {
        this.pool = pool;
    }

    boolean hasRoom(int length) {
        return rows == 0 || used + length <= data.length;
    }

    /// Adds the row that lies at `from`; there is room for it.
    void add(byte[] from, int at, int length) {
        if (length > TableReader.BLOCK_BYTES) {
            data = at == 0 && length == from.length ? from : Arrays.copyOfRange(from, at, at + length);
        } else {
            data = rows == 0 ? pool.take() : data;
            System.arraycopy(from, at, data, used, length);
        }
        used += length;
        rows++;
    }

    int rows() {
        return rows;
    }

    int bytes() {
        return used;
    }

    Payload payload() {
        if (data.length != TableReader.BLOCK_BYTES) {
            return new Payload.Bytes(data, 0, used);
        }
        if (used >= data.length / 2) {
            return pool.lend(data, used);
        }
        byte[] rest = Arrays.copyOf(data, used);
        pool.lend(data, 0).release();
        return new Payload.Bytes(rest, 0, used);
    }
}
