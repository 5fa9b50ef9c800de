package dev.wisent.connectors.core.files;

import static dev.wisent.connectors.core.files.Inputs.cut;
import static dev.wisent.connectors.core.files.Inputs.flip;
import static dev.wisent.connectors.core.files.Inputs.gzip;
import static dev.wisent.connectors.core.files.Inputs.join;
import static dev.wisent.connectors.core.files.Inputs.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.columnar.inflate.Inflation;
import dev.wisent.columnar.inflate.Isal;
import dev.wisent.columnar.inflate.IsalInflation;
import dev.wisent.columnar.inflate.JavaInflation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Gzip by our own code and by ISA-L: the same bytes, and the same errors. ISA-L's are skipped where it is not installed.
class GzipByBothTest {
    private static final int LENGTHS = 400;

    enum By {
        JAVA {
            @Override
            Inflation inflation() {
                return new JavaInflation();
            }
        },
        ISAL {
            @Override
            Inflation inflation() {
                assumeTrue(Isal.library().isPresent(), "ISA-L is not used: " + Isal.described());
                return new IsalInflation(Isal.library().orElseThrow());
            }
        };

        abstract Inflation inflation();
    }

    /// The content, or what is wrong.
    private record Outcome(String text, String error) {}

    private static Outcome of(By by, byte[] packed, int piece) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (GzipUnpacker unpacker = new GzipUnpacker(by.inflation())) {
            for (int at = 0; at < packed.length; at += piece) {
                unpacker.feed(packed, at, Math.min(piece, packed.length - at), content::write);
            }
            unpacker.end();
        } catch (IOException e) {
            return new Outcome("", e.getMessage());
        }
        return new Outcome(content.toString(java.nio.charset.StandardCharsets.UTF_8), "");
    }

    private static String text(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append("{\"id\":")
                    .append(random.nextInt(1_000))
                    .append(",\"v\":\"")
                    .append(random.nextLong())
                    .append("\"}\n");
        }
        return text.substring(0, length);
    }

    @ParameterizedTest
    @EnumSource
    void members_of_all_lengths_come_whole_however_they_are_cut_into_pieces(By by) {
        String long_ = text(3_000_000, 1);
        for (int piece : new int[] {1, 2, 7, 13, 255, 4_096, 1 << 20}) {
            for (int length = 0; length < LENGTHS; length += piece == 1 ? 1 : 37) {
                byte[] packed = join(gzip(text(length, length)), gzip(""), gzip(text(40, length)), new byte[5]);
                assertThat(of(by, packed, piece))
                        .as("%d bytes in pieces of %d", length, piece)
                        .isEqualTo(new Outcome(text(length, length) + text(40, length), ""));
            }
            if (piece > 2) {
                assertThat(of(by, join(gzip(long_), gzip(long_)), piece).text().equals(long_ + long_))
                        .as("3 MB twice in pieces of %d", piece)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_tail_cut_anywhere_is_told_with_its_member(By by) {
        byte[] one = gzip(text(2_000, 2));
        for (int cut = 1; cut < one.length; cut++) {
            assertThat(of(by, cut(one, cut), 100).error()).isEqualTo("the file ends in the middle of gzip member 1");
            assertThat(of(by, join(one, cut(one, cut)), 100).error())
                    .isEqualTo("the file ends in the middle of gzip member 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void damage_anywhere_is_told_with_its_member(By by) {
        byte[] one = gzip(text(2_000, 3));
        for (int at = 1; at < one.length - 10; at++) {
            String error = of(by, join(one, flip(one, at)), 64).error();
            assertThat(error).as("byte %d from the end", at).contains("member 2");
        }
        assertThat(of(by, flip(one, 6), 64).error()).isEqualTo("the checksum of member 1 is wrong");
        assertThat(of(by, flip(one, 2), 64).error()).isEqualTo("the length of member 1 is wrong");
        assertThat(of(by, join(one, utf8("garbage")), 64).error())
                .isEqualTo("there is something behind the last gzip member");
        assertThat(of(by, Arrays.copyOf(one, 5), 64).error()).isEqualTo("the file ends in the middle of gzip member 1");
    }
}
