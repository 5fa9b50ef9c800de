package dev.wisent.connectors.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.source.BlockPool;
import dev.wisent.api.source.Payload;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What waits for a worker is counted by its rows, so it must hold little more than them.
class BlockTest {
    private static final int ROW = 1 << 10;

    private final BlockPool pool = new BlockPool(TableReader.BLOCK_BYTES, 1);

    private Payload.Raw filled(int rows) {
        Block block = new Block(pool);
        for (int i = 0; i < rows; i++) {
            byte[] row = new byte[ROW];
            Arrays.fill(row, (byte) i);
            assertThat(block.hasRoom(ROW)).isTrue();
            block.add(row, 0, ROW);
        }
        return (Payload.Raw) block.payload();
    }

    @Test
    void rows_that_fill_a_block_travel_in_it() {
        Payload.Raw full = filled(TableReader.BLOCK_BYTES / ROW);

        assertThat(full.length()).isEqualTo(TableReader.BLOCK_BYTES);
        full.release();
        assertThat(pool.take()).isSameAs(full.data());
    }

    @Test
    void the_few_rows_that_end_a_statement_hold_no_whole_block() {
        byte[] free = pool.take();
        pool.lend(free, 0).release();

        Payload.Raw few = filled(3);

        assertThat(few.data()).hasSize(3 * ROW);
        assertThat(few.data()[2 * ROW]).isEqualTo((byte) 2);
        assertThat(pool.take()).as("the block is there again").isSameAs(free);
    }
}
