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

    boolean hasRoom(byte[] row) {
        return rows == 0 || used + row.length <= data.length;
    }

    void add(byte[] row) {
        if (row.length > TableReader.BLOCK_BYTES) {
            data = row;
        } else {
            data = rows == 0 ? pool.take() : data;
            System.arraycopy(row, 0, data, used, row.length);
        }
        used += row.length;
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
