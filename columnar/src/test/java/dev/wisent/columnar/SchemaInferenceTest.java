package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaInferenceTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true false null|bool",
                "1 2 -3|int64",
                "9223372036854775807|int64",
                "9223372036854775808 1|decimal(19,0)",
                "-9223372036854775809|decimal(19,0)",
                "1234567890123456789012345678901234567890|json",
                "1.5 2|float64",
                "1.0|float64",
                "1e3|float64",
                "0.1 1e-300|float64",
                "0.30000000000000004|float64",
                "1.1 12345678901234567|decimal(18,1)",
                "0.12345678901234567890123|decimal(24,23)",
                "1.1 9007199254740993|decimal(17,1)",
                "1.1 9007199254740992|float64",
                "1e400|json",
                "1e-400|json",
                "0.5 99999999999999999999999999999999999999|json",
                "0e999 1.5|float64",
                "\"a\" \"b\"|string",
                "\"\"|string",
                "\"1\" \"2\"|string",
                "\"true\"|string",
                "\"2026-11-20\" \"2024-02-29\"|date",
                "\"2026-11-20\" \"2026-02-30\"|string",
                "\"2026-11-20\" \"x\"|string",
                "\"2026-11-20T10:00:00Z\" \"2026-11-20T10:00:00.5+01:00\"|timestamp",
                "\"2026-11-20T10:00:00Z\" \"2026-11-20\"|string",
                "\"2026-11-20T10:00:00\"|string",
                "\"2026-11-20T10:00:00.1234567Z\"|string",
                "\"01234567-89ab-cdef-0123-456789abcdef\"|string",
                "null|json",
                "1 \"x\"|json",
                "1 true|json",
                "{} 1|json",
                "[] {}|json",
                "{}|json",
                "[]|list<json>",
                "[null]|list<json>",
                "[1] [2.5] null|list<float64>",
                "[1] [\"x\"]|list<json>",
                "[[1],[2,null]]|list<list<int64>>",
                "{\"a\":1} {\"b\":\"x\"} {\"a\":2}|struct<a:int64,b:string>",
                "{\"a\":{\"b\":[{\"c\":true}]}}|struct<a:struct<b:list<struct<c:bool>>>>",
                "{\"a\":null}|struct<a:json>",
                "{\"\":1}|json",
                "{\"a\":1} [1]|json",
                "{\"a\":1} {\"a\":\"x\"}|struct<a:json>"
            })
    void json_values_have_the_narrowest_type_that_holds_them_all(String values, String type) {
        StringBuilder input = new StringBuilder();
        for (String value : values.split(" ", -1)) {
            input.append("{\"v\":").append(value).append("}\n");
        }
        Schema schema = ndjson(input.toString());
        assertThat(schema).isEqualTo(Decoded.schema("v", type));
        Decoded decoded =
                Decoded.ndjson(DecoderOptions.of(new StreamSchema(schema), Contract.INFERRED), input.toString());
        assertThat(decoded.bad).as("what was sampled is never refused").isEmpty();
        assertThat(decoded.schemas).containsOnly(schema);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true;false|bool",
                "TRUE;False;|bool",
                "1;2|int64",
                "1;2.5|float64",
                "007|string",
                "1;+1|string",
                "1;007|string",
                "1; 2|string",
                "1;true|string",
                "2026-11-20|date",
                "2026-11-20T10:00:00Z|timestamp",
                "2026-11-20;2026-11-20T10:00:00Z|string",
                "9223372036854775808|decimal(19,0)",
                "1e999|string",
                "x;1|string",
                ";|string",
                "\"\";1|string",
                "\"1\"|int64",
                "1;;2|int64",
                "NaN|string",
                "{}|string",
                "-0.5;1e5|float64"
            })
    void csv_cells_have_the_narrowest_type_that_holds_them_all(String cells, String type) {
        StringBuilder input = new StringBuilder("n,v\n");
        for (String cell : cells.split(";", -1)) {
            input.append("1,").append(cell).append('\n');
        }
        Schema schema = csv(input.toString());
        assertThat(schema).isEqualTo(Decoded.schema("n", "int64", "v", type));
        Decoded decoded = Decoded.of(
                Decoders.csv(DecoderOptions.of(new StreamSchema(schema), Contract.INFERRED), CsvOptions.DEFAULT),
                input.toString());
        assertThat(decoded.bad).as("what was sampled is never refused").isEmpty();
    }

    @Test
    void columns_stand_in_the_order_they_are_first_seen_over_all_files() {
        SchemaInference inference = SchemaInference.ndjson();
        feed(inference, "{\"b\":1}\n{\"c\":1,\"a\":1}");
        inference.endFile();
        feed(inference, "{\"d\":1,\"a\":1.5}\n");
        inference.endFile();
        assertThat(inference.schema())
                .isEqualTo(Decoded.schema("b", "int64", "c", "int64", "a", "float64", "d", "int64"));
        assertThat(inference.records()).isEqualTo(3);
    }

    @Test
    void a_sample_that_ends_within_a_record_forgets_that_record() {
        SchemaInference inference = SchemaInference.ndjson();
        feed(inference, "{\"a\":1}\n{\"a\":1234");
        inference.cutFile();
        feed(inference, "{\"a\":2}\n");
        inference.endFile();
        assertThat(inference.records()).isEqualTo(2);
    }

    @Test
    void records_that_are_not_valid_are_left_out() {
        assertThat(ndjson("{\"a\":1}\n{\"a\":\"x\",}\n[1]\nx\n{\"a\":2}\n")).isEqualTo(Decoded.schema("a", "int64"));
        assertThat(csv("a,b\n1,2\nx\n\"y\"z,1\n3,4\n")).isEqualTo(Decoded.schema("a", "int64", "b", "int64"));
    }

    @Test
    void documents_and_headerless_csv_are_sampled_too() {
        SchemaInference document = SchemaInference.jsonDocument(RecordsPath.parse("$.a[*]"));
        feed(document, "{\"a\":[{\"n\":1},{\"n\":2.5}],\"b\":");
        document.cutFile();
        assertThat(document.schema()).isEqualTo(Decoded.schema("n", "float64"));
        SchemaInference headerless = SchemaInference.csv(CsvOptions.DEFAULT.withHeader(CsvOptions.Header.ABSENT));
        feed(headerless, "1,x\n2,y");
        headerless.endFile();
        assertThat(headerless.schema()).isEqualTo(Decoded.schema("column_1", "int64", "column_2", "string"));
    }

    @Test
    void a_lone_header_gives_columns_of_strings() {
        assertThat(csv("a,b\n")).isEqualTo(Decoded.schema("a", "string", "b", "string"));
    }

    @Test
    void objects_with_data_for_keys_and_very_deep_values_are_json() {
        StringBuilder wide = new StringBuilder("{\"m\":{\"k\":1");
        for (int i = 0; i < 1_000; i++) {
            wide.append(",\"k").append(i).append("\":1");
        }
        assertThat(ndjson(wide + "}}\n")).isEqualTo(Decoded.schema("m", "json"));
        String type = ndjson("{\"m\":" + "[".repeat(900) + "]".repeat(900) + "}\n")
                .field(0)
                .type()
                .text();
        assertThat(type).startsWith("list<list<").endsWith("json" + ">".repeat(31));
    }

    private static Schema ndjson(String input) {
        SchemaInference inference = SchemaInference.ndjson();
        feed(inference, input);
        inference.endFile();
        return inference.schema();
    }

    private static Schema csv(String input) {
        SchemaInference inference = SchemaInference.csv(CsvOptions.DEFAULT);
        feed(inference, input);
        inference.endFile();
        return inference.schema();
    }

    private static void feed(SchemaInference inference, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += 5) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 5));
            inference.feed(piece, 0, piece.length);
        }
    }
}
