package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Strings are copied while they are read: whatever they hold, wherever in them, the column gets just that.
class JsonStringsTest {
    private static final int STRINGS = 4_000;
    private static final int LONGEST = 60;
    private static final String[] LETTERS = {
        "a", "Z", " ", "\u007f", "é", "ß", "ÿ", "€", "大", "\uffee", "😀", "\ud83d\udc68"
    };
    private static final String[] ESCAPED = {"\"", "\\", "/", "\b", "\f", "\n", "\r", "\t", "\u0001", "é", "大", "😀"};
    private static final JsonMapper JACKSON = new JsonMapper();

    @Test
    void plain_letters_escapes_and_other_alphabets_arrive_letter_by_letter() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        StringBuilder input = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < STRINGS; i++) {
            StringBuilder value = new StringBuilder();
            input.append("{\"v\":\"");
            int specials = random.nextInt(4);
            for (int k = random.nextInt(LONGEST); k > 0; k--) {
                switch (random.nextInt(8) < specials ? random.nextInt(2) : 2) {
                    case 0 -> both(LETTERS[random.nextInt(LETTERS.length)], value, input);
                    case 1 -> {
                        String letter = ESCAPED[random.nextInt(ESCAPED.length)];
                        value.append(letter);
                        input.append(escape(letter, random));
                    }
                    default -> both("x", value, input);
                }
            }
            input.append("\"}\n");
            expected.add(value.toString());
        }

        Decoded decoded = Decoded.of(Decoders.ndjson(Decoded.explicit("v", "string")), input.toString());

        assertThat(decoded.bad).as("seed %d", seed).isEmpty();
        List<String> values = decoded.rows.stream()
                .map(row -> JACKSON.readTree(row).get("v").stringValue())
                .toList();
        assertThat(values).as("seed %d", seed).isEqualTo(expected);
    }

    private static void both(String letter, StringBuilder value, StringBuilder input) {
        value.append(letter);
        input.append(letter);
    }

    /// The short form, if there is one, or a `\\u` for each half.
    private static String escape(String letter, Random random) {
        int known = "\"\\/\b\f\n\r\t".indexOf(letter);
        if (known >= 0 && random.nextBoolean()) {
            return "\\" + "\"\\/bfnrt".charAt(known);
        }
        StringBuilder escaped = new StringBuilder();
        letter.chars().forEach(unit -> escaped.append("\\u").append("%04x".formatted(unit)));
        return escaped.toString();
    }
}
