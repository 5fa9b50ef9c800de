package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The grammar of RFC 8259, in the spirit of JSONTestSuite: every valid text passes, every other one is a bad record and
/// harms no other, wherever the input is cut.
class JsonGrammarTest {
    private static final List<String> VALID = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1",
            "-1",
            "10",
            "123456789",
            "0.0",
            "-0.0",
            "0.5",
            "1.5",
            "1e1",
            "1E1",
            "1e+1",
            "1e-1",
            "1E+1",
            "1E-1",
            "0e0",
            "0e+1",
            "0E-1",
            "123.456e78",
            "1e400",
            "-1e-400",
            "1.000000000000000005",
            "9223372036854775807",
            "9223372036854775808",
            "123456789012345678901234567890123456789012345678901234567890",
            "0.1234567890123456789012345678901234567890",
            "\"\"",
            "\"a\"",
            "\" \"",
            "\"\\\"\"",
            "\"\\\\\"",
            "\"\\/\"",
            "\"\\b\\f\\n\\r\\t\"",
            "\"\\u0000\"",
            "\"\\u0041\"",
            "\"\\u00e9\"",
            "\"\\uABCD\"",
            "\"\\uabcd\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud800\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\ud800x\"",
            "\"\\ud800\\n\"",
            "\"\u00e9\"",
            "\"\u20ac\"",
            "\"\ud83d\ude00\"",
            "\"\u007f\"",
            "\"\u0080\"",
            "\"\u2028\u2029\"",
            "\"\uffff\"",
            "\"/* no comment */\"",
            "\"12345678\"",
            "\"1234567\\\"\"",
            "\"12345678\\\\\"",
            "[]",
            "[ ]",
            "[1]",
            "[1,2]",
            "[ 1 , 2 ]",
            "[[]]",
            "[[[[]]]]",
            "[{}]",
            "[null,true,\"x\",1.5,{},[]]",
            "[\"a\\\"b\",\"]\"]",
            "[\t1\t]",
            "{}",
            "{ }",
            "{\"\":0}",
            "{\"a\":1}",
            "{\"a\":1,\"a\":2}",
            "{\"a\":{\"b\":{\"c\":{}}}}",
            "{ \"a\" : 1 , \"b\" : 2 }",
            "{\"\\u0061\":1}",
            "{\"}\":\"{\"}",
            "{\"a\":[1,{\"b\":[]}]}",
            "{\"\u00e9\":1}",
            "[1e1,0,-1.5E-7]",
            "[true,false,null]");

    private static final List<String> INVALID_VALUES = List.of(
            "",
            "nul",
            "nulll",
            "nulx",
            "NULL",
            "tru",
            "truee",
            "True",
            "fals",
            "falsee",
            "falsy",
            "undefined",
            "NaN",
            "-NaN",
            "Infinity",
            "-Infinity",
            "inf",
            "01",
            "-01",
            "00",
            "-",
            "+1",
            "+0",
            "--1",
            "1-",
            "1+1",
            ".5",
            "-.5",
            "1.",
            "-1.",
            "1.e1",
            "1e",
            "1E",
            "1e+",
            "1e-",
            "1e+-1",
            "1ee1",
            "1e1.5",
            "1.5.5",
            "0x1F",
            "1_000",
            "1,000",
            "0b1",
            "1a",
            "1 2",
            "\u0661",
            "'a'",
            "\"",
            "\"a",
            "a\"",
            "\"a\"b",
            "\"\\\"",
            "\"\\x41\"",
            "\"\\a\"",
            "\"\\'\"",
            "\"\\u\"",
            "\"\\u1\"",
            "\"\\u12\"",
            "\"\\u123\"",
            "\"\\u123g\"",
            "\"\\u 123\"",
            "\"\\u+123\"",
            "\"\\U0041\"",
            "\"\\",
            "\"\\u00",
            "\"\\ud800\\u\"",
            "\"\\ud800\\u12\"",
            "\"a\tb\"",
            "\"a\u0000b\"",
            "\"a\u001fb\"",
            "\"\\\t\"",
            "`a`",
            "\u201ca\u201d",
            "[",
            "]",
            "[1",
            "[1,",
            "[1,]",
            "[,]",
            "[,1]",
            "[1,,2]",
            "[1 2]",
            "[1;2]",
            "[1:2]",
            "[1}",
            "[}",
            "[\"a\"",
            "[\"a",
            "[1]]",
            "[[1]",
            "[a]",
            "[-]",
            "[1,\"",
            "[*]",
            "{",
            "}",
            "{]",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{,}",
            "{,\"a\":1}",
            "{\"a\":1,,\"b\":2}",
            "{\"a\" 1}",
            "{\"a\"=1}",
            "{\"a\";1}",
            "{\"a\"::1}",
            "{\"a\",1}",
            "{\"a\"}",
            "{a:1}",
            "{'a':1}",
            "{1:1}",
            "{null:1}",
            "{[]:1}",
            "{\"a\":}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":1]",
            "{\"a\":1}}",
            "{\"a\":1}x",
            "{\"a\\x\":1}",
            "{\"a\t\":1}",
            "{\"a\":1}{\"b\":2}",
            "{\"a\":01}",
            "/**/1",
            "1/**/",
            "//",
            "#1",
            "[1]#",
            "1\u00a0",
            "\ufeff1",
            "1\u0000",
            "1\u000b",
            "1\f",
            "$",
            "(1)",
            "<1>",
            "{{}}",
            "[}]",
            "{\"a\":[}");

    /// Bytes between quotes that are not UTF-8.
    private static final List<int[]> INVALID_UTF8 = List.of(
            new int[] {0x80},
            new int[] {0xBF},
            new int[] {0xC0, 0xAF},
            new int[] {0xC1, 0xBF},
            new int[] {0xC3},
            new int[] {0xC3, 0x28},
            new int[] {0xE0, 0x80, 0xAF},
            new int[] {0xE0, 0x9F, 0xBF},
            new int[] {0xE2, 0x82},
            new int[] {0xE2, 0x28, 0xA1},
            new int[] {0xED, 0xA0, 0x80},
            new int[] {0xED, 0xBF, 0xBF},
            new int[] {0xF0, 0x80, 0x80, 0x80},
            new int[] {0xF0, 0x8F, 0xBF, 0xBF},
            new int[] {0xF0, 0x9F, 0x98},
            new int[] {0xF4, 0x90, 0x80, 0x80},
            new int[] {0xF5, 0x80, 0x80, 0x80},
            new int[] {0xFF},
            new int[] {0xFE, 0xFF},
            new int[] {0xF8, 0x88, 0x80, 0x80, 0x80},
            new int[] {0xC3, 0xA9, 0xA9});

    @Test
    void every_valid_value_passes_unchanged_wherever_the_input_is_cut() {
        for (String value : VALID) {
            String expected = value.equals("null") ? "{\"v\":null,\"n\":1}" : "{\"v\":" + value + ",\"n\":1}";
            byte[] input = bytes("{\"v\":" + value + ",\"n\":1}\n{\"n\":2}\n");
            for (int cut = 0; cut < input.length; cut++) {
                Decoded decoded = cutAt(Decoders.ndjson(Decoded.explicit("v", "json", "n", "int64")), input, cut);
                assertThat(decoded.bad).as(value).isEmpty();
                assertThat(decoded.rows).as(value).containsExactly(expected, "{\"n\":2}");
            }
        }
    }

    @Test
    void every_valid_value_passes_as_a_value_nobody_wants() {
        for (String value : VALID) {
            Decoded decoded = Decoded.ndjson(Decoded.explicit("n", "int64"), "{\"v\":" + value + ",\"n\":1}\n");
            assertThat(decoded.all()).as(value).isEqualTo("0 {\"n\":1}\n");
        }
    }

    @Test
    void every_invalid_value_is_one_bad_record_and_harms_no_other() {
        for (String type : List.of("json", "string", "int64", "float64", "bool", "timestamp", "list<int64>")) {
            for (String value : INVALID_VALUES) {
                String line = "{\"n\":2,\"v\":" + value + "}";
                Decoded decoded = Decoded.ndjson(
                        Decoded.explicit("v", type, "n", "int64"), "{\"n\":1}\n" + line + "\n{\"n\":3}\n");
                assertThat(decoded.rows).as(line).containsExactly("{\"n\":1}", "{\"n\":3}");
                assertThat(decoded.reasons()).as(line).containsExactly("1 SYNTAX");
                assertThat(decoded.ordinals).containsExactly(0L, 2L);
                BadRecord bad = decoded.bad.getFirst();
                assertThat(new String(bad.raw(), StandardCharsets.UTF_8)).isEqualTo(line);
                assertThat(bad.place()).isEqualTo(new Place(1, 2, 8));
            }
        }
    }

    @Test
    void every_invalid_value_is_found_where_nobody_wants_it() {
        for (String value : INVALID_VALUES) {
            Decoded decoded = Decoded.ndjson(Decoded.explicit("n", "int64"), "{\"n\":2,\"v\":" + value + "}\n");
            assertThat(decoded.reasons()).as(value).containsExactly("0 SYNTAX");
        }
    }

    @Test
    void every_invalid_value_is_the_same_bad_record_wherever_the_input_is_cut() {
        for (String value : INVALID_VALUES) {
            byte[] input = bytes("{\"v\":" + value + "}\n{\"n\":3}");
            String whole = Decoded.of(Decoders.ndjson(Decoded.explicit("v", "json", "n", "int64")), input)
                    .all();
            for (int cut = 0; cut < input.length; cut++) {
                Decoded decoded = cutAt(Decoders.ndjson(Decoded.explicit("v", "json", "n", "int64")), input, cut);
                assertThat(decoded.all()).as(value).isEqualTo(whole);
            }
        }
    }

    @Test
    void bytes_that_are_not_utf_8_are_an_encoding_fault() {
        for (int[] faulty : INVALID_UTF8) {
            for (int before = 0; before < 9; before++) {
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                line.writeBytes(bytes("{\"v\":\"" + "x".repeat(before)));
                for (int b : faulty) {
                    line.write(b);
                }
                line.writeBytes(bytes("\"}\n{\"v\":\"ok\"}\n"));
                for (String type : List.of("string", "json")) {
                    Decoded decoded = Decoded.of(Decoders.ndjson(Decoded.explicit("v", type)), line.toByteArray());
                    assertThat(decoded.reasons()).containsExactly("0 ENCODING");
                    assertThat(decoded.rows).containsExactly("{\"v\":\"ok\"}");
                }
            }
        }
    }

    @Test
    void a_document_in_place_of_a_record_is_judged_the_same_way() {
        for (String value : VALID) {
            Decoded decoded = Decoded.ndjson(Decoded.explicit("a", "json"), value + "\n");
            if (value.startsWith("{")) {
                assertThat(decoded.bad).as(value).isEmpty();
            } else {
                assertThat(decoded.reasons()).as(value).containsExactly("0 TYPE");
                assertThat(decoded.bad.getFirst().message()).isEqualTo("the record is no object");
            }
        }
    }

    private static Decoded cutAt(ByteDecoder decoder, byte[] input, int cut) {
        return Decoded.of(decoder, input, left -> left > input.length - cut ? left - (input.length - cut) : left);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
