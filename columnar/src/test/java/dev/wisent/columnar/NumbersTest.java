package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.columnar.internal.json.NumberToken;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Numbers are read as the JDK reads them, bit for bit.
@Execution(ExecutionMode.CONCURRENT)
class NumbersTest {
    private static final int RANDOM_DOUBLES = 1_000_000;
    private static final int RANDOM_TEXTS = 300_000;

    private final NumberToken token = new NumberToken();

    @Test
    void a_million_random_doubles_are_read_bit_for_bit() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_DOUBLES; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertSame(Double.toString(value), seed);
            }
        }
    }

    @Test
    void numbers_of_any_length_are_read_bit_for_bit() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
            digits(text.append(random.nextInt(9) + 1), random.nextInt(25), random);
            if (random.nextBoolean()) {
                digits(text.append('.').append(random.nextInt(10)), random.nextInt(25), random);
            }
            if (random.nextBoolean()) {
                text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(700) - 350);
            }
            assertSame(text.toString(), seed);
        }
    }

    @Test
    void numbers_halfway_between_two_doubles_are_rounded_to_even() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double low = Math.abs(Double.longBitsToDouble(random.nextLong()));
            if (i % 4 == 0) {
                low = random.nextLong() >>> random.nextInt(63);
            }
            if (i % 4 == 1) {
                low = Double.longBitsToDouble(random.nextLong() >>> 12);
            }
            double high = Math.nextUp(low);
            if (!Double.isFinite(high)) {
                continue;
            }
            BigDecimal half = new BigDecimal(low).add(new BigDecimal(high)).divide(BigDecimal.TWO);
            BigDecimal little = half.ulp().movePointLeft(3);
            assertSame(half.toString(), seed);
            assertSame(half.add(little).toString(), seed);
            assertSame(half.subtract(little).toString(), seed);
            assertSame(half.toPlainString(), seed);
        }
    }

    @Test
    void known_hard_numbers_are_read_bit_for_bit() {
        for (String text : List.of(
                "0",
                "-0",
                "0.0",
                "-0.0e5",
                "0e-999999999999",
                "1e-999999999999",
                "1e999999999999",
                "2.2250738585072011e-308",
                "2.2250738585072012e-308",
                "2.2250738585072014e-308",
                "4.9e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "5e-324",
                "3e-324",
                "1.7976931348623157e308",
                "1.7976931348623158e308",
                "1.7976931348623159e308",
                "9007199254740991",
                "9007199254740992",
                "9007199254740993",
                "9007199254740995",
                "9007199254740993.0000000000000000000001",
                "18446744073709551615",
                "18446744073709551616",
                "9223372036854775807",
                "1e22",
                "1e23",
                "8.5e22",
                "123456789012345678e22",
                "7.2057594037927933e16",
                "0.000000000000000000000000000000000000000000000000000000000000000000001",
                "6.631236846766476e-316",
                "1090544144181609348671888949248",
                "2.5e-324",
                "1".repeat(800),
                "0." + "0".repeat(400) + "1",
                "1" + "0".repeat(400) + "e-400",
                "89255e-22",
                "104110013277974872254e-225")) {
            assertSame(text, 0);
        }
    }

    @Test
    void decimals_are_exact_or_refused_as_bigdecimal_has_it() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 40_000; i++) {
            BigDecimal number = new BigDecimal(
                    new BigInteger(random.nextInt(140), random), random.nextInt(40) - (i % 7 == 0 ? 10 : 0));
            number = random.nextBoolean() ? number.negate() : number;
            int precision = 1 + random.nextInt(38);
            int scale = random.nextInt(precision + 1);
            Schema schema = Schema.of(Field.nullable("v", new DataType.Decimal(precision, scale)));
            Decoded decoded = Decoded.ndjson(
                    DecoderOptions.of(new StreamSchema(schema), Contract.EXPLICIT), "{\"v\":" + number + "}");
            String expected = expected(number, precision, scale);
            assertThat(decoded.rows.isEmpty() ? "" : decoded.rows.getFirst())
                    .as("seed %d: %s into decimal(%d,%d)", seed, number, precision, scale)
                    .isEqualTo(expected);
        }
    }

    private static String expected(BigDecimal number, int precision, int scale) {
        try {
            BigDecimal scaled = number.setScale(scale, RoundingMode.UNNECESSARY);
            return scaled.precision() <= precision ? "{\"v\":" + scaled.toPlainString() + "}" : "";
        } catch (ArithmeticException e) {
            return "";
        }
    }

    @Test
    void floats_are_the_nearest_ones_not_twice_rounded() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        StringBuilder input = new StringBuilder();
        float[] expected = new float[20_000];
        for (int i = 0; i < expected.length; i++) {
            float low = Math.abs(Float.intBitsToFloat(random.nextInt()));
            low = Float.isFinite(low) && Float.isFinite(Math.nextUp(low)) ? low : 1;
            BigDecimal half =
                    new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.TWO);
            BigDecimal near = i % 2 == 0
                    ? half.add(half.ulp().movePointLeft(9))
                    : half.subtract(half.ulp().movePointLeft(9));
            expected[i] = Float.parseFloat(near.toString());
            input.append("{\"v\":").append(near).append("}\n");
        }
        int[] row = {0};
        ByteDecoder decoder = Decoders.ndjson(Decoded.explicit("v", "float32"));
        byte[] bytes = input.toString().getBytes(StandardCharsets.UTF_8);
        RecordSink sink = new RecordSink() {
            @Override
            public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
                for (int i = 0; i < batch.rows(); i++) {
                    assertThat((float) ((DoubleColumn) batch.column(0)).get(i))
                            .as("seed %d, row %d", seed, row[0])
                            .isEqualTo(expected[row[0]++]);
                }
            }

            @Override
            public void bad(BadRecord bad) {
                throw new AssertionError(bad.message());
            }
        };
        decoder.feed(bytes, 0, bytes.length, sink);
        decoder.end(sink);
        assertThat(row[0]).isEqualTo(expected.length);
    }

    private static void digits(StringBuilder text, int count, Random random) {
        boolean zeros = random.nextInt(4) == 0;
        for (int i = 0; i < count; i++) {
            text.append(zeros ? 0 : random.nextInt(10));
        }
    }

    private void assertSame(String text, long seed) {
        byte[] bytes = (text + "}").getBytes(StandardCharsets.US_ASCII);
        int end = token.scan(bytes, 0);
        long ours = Double.doubleToRawLongBits(token.toDouble());
        long theirs = Double.doubleToRawLongBits(Double.parseDouble(text));
        if (end != text.length() || ours != theirs) {
            throw new AssertionError("%s is read as %s (seed %d)".formatted(text, Double.longBitsToDouble(ours), seed));
        }
    }
}
