package dev.wisent.columnar.inflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/// Against the JDK's zlib: streams of all kinds of blocks, whole, cut and damaged, in pieces.
class JavaInflationTest {
    private static final int STREAMS = 800;
    private static final int DAMAGES = 12;

    private final Random random = new Random(seed());

    private static long seed() {
        long seed = Long.getLong("wisent.seed", 1);
        System.out.println("wisent.seed=" + seed);
        return seed;
    }

    @Test
    void streams_are_inflated_as_zlib_does_however_they_come() throws DataFormatException {
        JavaInflation inflation = new JavaInflation();
        for (int i = 0; i < STREAMS; i++) {
            byte[] content = content();
            byte[] stream = deflated(content);
            byte[] behind = new byte[random.nextInt(20)];
            random.nextBytes(behind);

            byte[] packed = Arrays.copyOf(stream, stream.length + behind.length);
            System.arraycopy(behind, 0, packed, stream.length, behind.length);

            assertThat(ours(inflation, packed)).as("stream %d", i).hasValue(new Outcome(content, stream.length));
        }
    }

    @Test
    void what_is_damaged_or_cut_is_taken_for_whole_only_where_zlib_takes_it_so() {
        JavaInflation inflation = new JavaInflation();
        for (int i = 0; i < STREAMS; i++) {
            byte[] stream = deflated(Arrays.copyOf(content(), random.nextInt(3_000)));
            for (int damage = 0; damage < DAMAGES; damage++) {
                byte[] other =
                        Arrays.copyOf(stream, random.nextInt(4) == 0 ? random.nextInt(stream.length) : stream.length);
                for (int flips = random.nextInt(3); flips >= 0 && other.length > 0; flips--) {
                    other[random.nextInt(random.nextBoolean() ? Math.min(60, other.length) : other.length)] ^=
                            (byte) (1 << random.nextInt(8));
                }
                assertThat(oursOrNothing(inflation, other))
                        .as("stream %d, damage %d", i, damage)
                        .isEqualTo(zlibs(other));
            }
        }
    }

    /// @param taken bytes of the stream
    private record Outcome(byte[] content, int taken) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Outcome that && taken == that.taken && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return taken;
        }

        @Override
        public String toString() {
            return content.length + " bytes of " + taken;
        }
    }

    /// Empty: the stream does not end in these bytes.
    private Optional<Outcome> ours(JavaInflation inflation, byte[] packed) throws DataFormatException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        inflation.begin();
        int largest = 1 + random.nextInt(random.nextBoolean() ? 10 : 100_000);
        int at = 0;
        while (at < packed.length && !inflation.finished()) {
            int end = Math.min(packed.length, at + 1 + random.nextInt(largest));
            at = inflation.inflate(packed, at, end, content::write);
        }
        assertThat(inflation.written()).isEqualTo(content.size());
        return inflation.finished()
                ? Optional.of(new Outcome(content.toByteArray(), at - inflation.taken().length))
                : Optional.empty();
    }

    private Optional<Outcome> oursOrNothing(JavaInflation inflation, byte[] packed) {
        try {
            return ours(inflation, packed);
        } catch (DataFormatException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<Outcome> zlibs(byte[] packed) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] block = new byte[10_000];
            while (!inflater.finished()) {
                int count = inflater.inflate(block);
                content.write(block, 0, count);
                if (count == 0 && !inflater.finished()) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Outcome(content.toByteArray(), packed.length - inflater.getRemaining()));
        } catch (DataFormatException damaged) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    private byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(random.nextInt(10), true);
        try {
            deflater.setStrategy(random.nextInt(3));
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            byte[] block = new byte[1_000];
            while (!deflater.finished()) {
                int flush = random.nextInt(20) == 0 ? Deflater.FULL_FLUSH : Deflater.NO_FLUSH;
                stream.write(block, 0, deflater.deflate(block, 0, block.length, flush));
            }
            return stream.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /// Noise, few letters, repeats near and far, skewed bytes.
    private byte[] content() {
        byte[] content = new byte[random.nextInt(random.nextBoolean() ? 200 : 300_000)];
        int kind = random.nextInt(6);
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte)
                    switch (kind) {
                        case 0 -> random.nextInt(256);
                        case 1 -> 'a' + random.nextInt(3);
                        case 2 ->
                            i > 300 && random.nextInt(10) > 0 ? content[i - 1 - random.nextInt(300)] : random.nextInt();
                        case 3 -> Math.abs(random.nextGaussian() * 9);
                        case 4 -> i >= 33_000 ? content[i - 32_768] : random.nextInt(256);
                        default -> i % 7 == 0 ? random.nextInt(256) : 7;
                    };
        }
        return content;
    }
}
