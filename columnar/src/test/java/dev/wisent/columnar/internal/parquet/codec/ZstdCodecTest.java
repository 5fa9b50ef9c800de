package dev.wisent.columnar.internal.parquet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.wisent.columnar.OutputBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages in which there is nothing to be found are not searched; what is written can always be read, and is hardly larger.
class ZstdCodecTest {
    private static final int PAGE = 1 << 20;
    private static final int FAST = 1;

    private final Random random = new Random(Long.getLong("wisent.seed", 1));

    @Test
    void a_page_of_hashes_is_not_searched_and_is_hardly_larger() {
        byte[] page = page(this::hash);

        byte[] frame = compressed(page, FAST);

        assertThat(frame).isNotEqualTo(Zstd.compress(page, FAST));
        assertThat(frame).hasSizeLessThan(Zstd.compress(page, FAST).length * 106 / 100);
        assertThat(Zstd.decompress(frame, PAGE)).isEqualTo(page);
    }

    @Test
    void a_page_of_noise_stays_as_large() {
        byte[] page = new byte[PAGE];
        random.nextBytes(page);

        byte[] frame = compressed(page, FAST);

        assertThat(frame).hasSizeLessThan(PAGE + PAGE / 1000);
        assertThat(Zstd.decompress(frame, PAGE)).isEqualTo(page);
    }

    @Test
    void texts_that_repeat_parts_of_each_other_are_compressed_as_ever() {
        byte[] page =
                page(() -> "https://shop.example/orders/" + random.nextInt(1_000_000) + "/" + hash().substring(0, 8));

        assertThat(compressed(page, FAST)).isEqualTo(Zstd.compress(page, FAST));
    }

    /// Words out of a few thousand: nothing comes again within a line or two.
    @Test
    void texts_of_words_are_compressed_as_ever() {
        List<String> words = Stream.generate(() -> hash().substring(0, 3 + random.nextInt(7)))
                .limit(3_000)
                .toList();
        byte[] page = page(() -> Stream.generate(() -> words.get(random.nextInt(words.size())))
                .limit(8)
                .collect(Collectors.joining(" ")));

        assertThat(compressed(page, FAST)).isEqualTo(Zstd.compress(page, FAST));
        byte[] small = Arrays.copyOf(page, 256 << 10);
        assertThat(compressed(small, FAST)).isEqualTo(Zstd.compress(small, FAST));
    }

    @Test
    void who_asks_for_smaller_files_gets_them() {
        byte[] page = page(this::hash);

        assertThat(compressed(page, 3)).isEqualTo(Zstd.compress(page, 3));
    }

    @ValueSource(ints = {0, 1, 100, (256 << 10) - 1, 256 << 10, (256 << 10) + 1})
    @ParameterizedTest
    void a_page_of_any_length_comes_behind_what_is_there(int length) {
        byte[] page = Arrays.copyOf(page(this::hash), length);
        OutputBuffer out = new OutputBuffer();
        out.put(7);
        try (ZstdCodec codec = new ZstdCodec(FAST)) {
            codec.compress(page, 0, length, out);
        }

        assertThat(out.array()[0]).isEqualTo((byte) 7);
        assertThat(Zstd.decompress(Arrays.copyOfRange(out.array(), 1, out.length()), length))
                .isEqualTo(page);
    }

    private static byte[] compressed(byte[] page, int level) {
        OutputBuffer out = new OutputBuffer();
        try (ZstdCodec codec = new ZstdCodec(level)) {
            codec.compress(page, 0, page.length, out);
        }
        return Arrays.copyOf(out.array(), out.length());
    }

    private String hash() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private interface Texts {
        String next();
    }

    /// As Parquet has texts, each with its length in front.
    private static byte[] page(Texts texts) {
        OutputBuffer page = new OutputBuffer();
        while (page.length() < PAGE) {
            byte[] text = texts.next().getBytes(StandardCharsets.US_ASCII);
            page.put(new byte[] {(byte) text.length, 0, 0, 0}, 0, Integer.BYTES);
            page.put(text, 0, text.length);
        }
        return Arrays.copyOf(page.array(), PAGE);
    }
}
