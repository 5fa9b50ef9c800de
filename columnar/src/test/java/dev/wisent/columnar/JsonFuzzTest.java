package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// Damaged records are judged as Jackson judges them, and those it accepts hold what it reads.
@Execution(ExecutionMode.CONCURRENT)
class JsonFuzzTest {
    private static final int RECORDS = 60_000;
    private static final int FILES = 6_000;
    private static final String BYTES = "{}[]\",:\\ \t0123456789-+.eEtrufalsn/'xu\u0001";
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Test
    void damaged_records_are_judged_as_an_independent_parser_judges_them() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = ("{\"v\":" + value(random, 3) + "}").getBytes(StandardCharsets.US_ASCII);
            for (int k = random.nextInt(3); k > 0; k--) {
                record = damaged(record, random);
            }
            String text = new String(record, StandardCharsets.US_ASCII);
            Decoded decoded = Decoded.of(Decoders.ndjson(Decoded.explicit("v", "json", "w", "string")), record);
            String where = "seed " + seed + ": " + text;
            if (!isObject(text)) {
                assertThat(decoded.rows).as(where).isEmpty();
                continue;
            }
            accepted++;
            if (decoded.bad.isEmpty()) {
                JsonNode theirs = JACKSON.readTree(text);
                JsonNode ours = JACKSON.readTree(decoded.rows.getFirst());
                assertThat(ours.has("v")).as(where).isEqualTo(theirs.has("v"));
                assertThat(ours.path("v")).as(where).isEqualTo(theirs.path("v"));
            } else {
                // The one thing a valid record may be refused for here: 'w' holding a container.
                assertThat(decoded.bad.getFirst().reason()).as(where).isEqualTo(BadRecord.Reason.TYPE);
            }
        }
        assertThat(accepted).as("seed %d", seed).isBetween(RECORDS / 10, RECORDS - RECORDS / 10);
    }

    /// In one piece most records are read before their end is looked for, in small pieces none is.
    @Test
    void damaged_lines_are_judged_alike_however_they_are_cut() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < FILES; i++) {
            String[] columns = columns(random);
            StringBuilder lines = new StringBuilder();
            for (int k = random.nextInt(40); k > 0; k--) {
                byte[] record = ("{\"v\":" + value(random, 2) + ",\"a_long_name_here\":" + value(random, 0) + "}")
                        .getBytes(StandardCharsets.ISO_8859_1);
                for (int d = random.nextInt(4) - 1; d > 0; d--) {
                    record = damaged(record, random);
                }
                lines.append(new String(record, StandardCharsets.ISO_8859_1));
                lines.append(random.nextInt(8) == 0 ? "\r\n" : random.nextInt(30) == 0 ? "\n \n" : "\n");
            }
            byte[] input = lines.toString().getBytes(StandardCharsets.ISO_8859_1);
            Decoded whole = Decoded.of(Decoders.ndjson(small(columns)), input);
            Decoded pieces = Decoded.inPieces(Decoders.ndjson(small(columns)), input, random, 7);
            assertThat(whole.placed()).as("seed %d: %s", seed, lines).isEqualTo(pieces.placed());
            assertThat(whole.byteOffset).as("seed %d: %s", seed, lines).isEqualTo(pieces.byteOffset);
        }
    }

    private static String[] columns(Random random) {
        String[] types = {"json", "string", "int32", "float64", "list<string>", "struct<k:string>"};
        String type = types[random.nextInt(types.length)];
        return new String[] {"v", type, "a_long_name_here", types[random.nextInt(4)]};
    }

    private static DecoderOptions small(String... columns) {
        return Decoded.explicit(columns).withMaxRecordBytes(60);
    }

    private static boolean isObject(String text) {
        try {
            return JACKSON.readTree(text).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static byte[] damaged(byte[] record, Random random) {
        int at = random.nextInt(record.length);
        byte b = (byte) BYTES.charAt(random.nextInt(BYTES.length()));
        String text = new String(record, StandardCharsets.ISO_8859_1);
        String changed = switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + (char) b + text.substring(at);
            case 1 -> text.substring(0, at) + (char) b + text.substring(at + 1);
            default -> text.substring(0, at) + text.substring(at + 1);
        };
        return changed.isBlank() ? record : changed.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> "null";
            case 1 -> random.nextBoolean() ? "true" : "false";
            case 2 -> Integer.toString(random.nextInt(2_000) - 1_000);
            case 3 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10));
            case 4 -> "\"a\\n\\u00e9 " + "x".repeat(random.nextInt(12)) + "\\\"\"";
            case 5 -> "[" + value(random, depth - 1) + " , " + value(random, depth - 1) + "]";
            default -> "{\"k\":" + value(random, depth - 1) + ",\"w\" : " + value(random, depth - 1) + "}";
        };
    }
}
