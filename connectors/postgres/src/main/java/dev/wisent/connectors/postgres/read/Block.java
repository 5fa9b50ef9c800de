package dev.wisent.connectors.postgres.read;

import dev.wisent.api.source.BlockPool;
import dev.wisent.api.source.Payload;

/// Whole rows, in a block of the pool; a row that is longer than a block, alone in its own bytes. One thread.
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
        return data.length == TableReader.BLOCK_BYTES ? pool.lend(data, used) : new Payload.Bytes(data, 0, used);
    }
}
