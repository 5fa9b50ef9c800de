package dev.wisent.connectors.core.files;

import static dev.wisent.connectors.core.files.Inputs.cut;
import static dev.wisent.connectors.core.files.Inputs.flip;
import static dev.wisent.connectors.core.files.Inputs.utf8;
import static dev.wisent.connectors.core.files.Inputs.zstd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackAheadTest {
    private static String text(long seed, int bytes) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            text.append(random.nextInt(1_000)).append("a".repeat(random.nextInt(40)));
        }
        return text.toString();
    }

    /// Feeds `content` in pieces of `piece` bytes and keeps what comes.
    private static void feed(UnpackAhead ahead, byte[] content, int piece, ByteArrayOutputStream found)
            throws IOException {
        for (int at = 0; at < content.length; at += piece) {
            ahead.feed(content, at, Math.min(piece, content.length - at), found::write);
        }
        ahead.drain(found::write);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 70_000, 10_000_000})
    void what_comes_is_what_was_packed_whatever_the_pieces(int piece) throws IOException {
        String text = text(piece, 6_000_000);
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        try (Unpacker unpacker = Compression.ZSTD.unpacker();
                UnpackAhead ahead = new UnpackAhead(unpacker, "test")) {
            feed(ahead, zstd(text), piece, found);
            assertThat(ahead.isPending()).isFalse();
            unpacker.end();
        }
        assertThat(found.toString(StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void an_interrupted_wait_is_no_failure_of_the_file() throws IOException {
        byte[] one = zstd("one");
        try (Unpacker unpacker = Compression.ZSTD.unpacker();
                UnpackAhead ahead = new UnpackAhead(unpacker, "test")) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> ahead.feed(one, 0, one.length, (data, from, count) -> {}))
                    .isInstanceOfSatisfying(
                            WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void a_chunk_comes_out_when_the_next_one_goes_in() throws IOException {
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        try (Unpacker unpacker = Compression.ZSTD.unpacker();
                UnpackAhead ahead = new UnpackAhead(unpacker, "test")) {
            byte[] one = zstd("one");
            byte[] two = zstd("two");
            ahead.feed(one, 0, one.length, found::write);
            assertThat(found.toString(StandardCharsets.UTF_8)).isEmpty();
            assertThat(ahead.isPending()).isTrue();
            ahead.feed(two, 0, two.length, found::write);
            assertThat(found.toString(StandardCharsets.UTF_8)).isEqualTo("one");
            ahead.drain(found::write);
            assertThat(found.toString(StandardCharsets.UTF_8)).isEqualTo("onetwo");
        }
    }

    @Test
    void damage_is_told_where_it_is_met_and_what_came_before_it_was_handed_on() {
        byte[] good = zstd(text(1, 2_000_000));
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        try (Unpacker unpacker = Compression.ZSTD.unpacker();
                UnpackAhead ahead = new UnpackAhead(unpacker, "test")) {
            byte[] content = Inputs.join(good, flip(cut(good, 1_000), 20_000));
            assertThatThrownBy(() -> feed(ahead, content, 50_000, found))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the zstd data is damaged");
        }
        assertThat(found.size()).isGreaterThanOrEqualTo(2_000_000);
    }

    @Test
    void closing_ends_the_thread_in_the_middle_of_a_chunk_that_nobody_takes() throws IOException {
        byte[] bomb = zstd("a".repeat(50_000_000));
        try (Unpacker unpacker = Compression.ZSTD.unpacker();
                UnpackAhead ahead = new UnpackAhead(unpacker, "closing")) {
            ahead.feed(bomb, 0, bomb.length, (data, from, count) -> {});
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("unpack-closing"));
    }

    @Test
    void an_unpacker_that_breaks_is_not_waited_for() {
        Unpacker broken = new Unpacker() {
            @Override
            public void feed(byte[] data, int offset, int length, Out out) {
                throw new IllegalArgumentException("odd");
            }

            @Override
            public void end() {}

            @Override
            public void close() {}
        };
        try (UnpackAhead ahead = new UnpackAhead(broken, "test")) {
            assertThatThrownBy(() -> feed(ahead, utf8("abc"), 1, new ByteArrayOutputStream()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("odd");
        }
    }
}
