package dev.wisent.api.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockPoolTest {
    private final BlockPool pool = new BlockPool(16, 1);

    @Test
    void a_block_is_used_again_once_its_payload_is_released() {
        byte[] block = pool.take();
        Payload payload = pool.lend(block, 5);
        assertThat(payload.bytes()).isEqualTo(5);
        assertThat(pool.take()).hasSize(16).isNotSameAs(block);

        payload.release();

        assertThat(pool.take()).isSameAs(block);
    }

    @Test
    void no_more_blocks_are_kept_than_it_was_told() {
        byte[] first = pool.take();
        byte[] second = pool.take();
        pool.lend(first, 1).release();
        pool.lend(second, 1).release();

        assertThat(pool.take()).isSameAs(first);
        assertThat(pool.take()).isNotSameAs(second);
    }
}
