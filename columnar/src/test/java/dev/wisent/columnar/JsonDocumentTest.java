package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$[*]|[{'n':1},{'n':2}]|1,2",
                "$[*]|[]|",
                "$[*]| [ ] |",
                "$|{'n':1}|1",
                "$[*]|~[~{'n':1}~,~{'n':2}~]~|1,2",
                "$.a[*]|{'a':[{'n':1}]}|1",
                "$.a[*]|{'x':{'a':[{'n':9}]},'a':[{'n':1},{'n':2}],'y':[{'n':9}]}|1,2",
                "$.a.b[*]|{'a':{'c':1,'b':[{'n':1}],'d':{}},'b':[{'n':9}]}|1",
                "$.a|{'a':{'n':1}}|1",
                "$.a.b|{'a':{'b':{'n':1}}}|1",
                "$['a b'][*]|{'a b':[{'n':1}]}|1",
                "$.a[*]|{'\\u0061':[{'n':1}]}|1",
                "$[*]|[{'n':1,'a':[{'n':2},']}']},{'n':3}]|1,3",
                "$.a[*]|{'a':[]}|",
                "$.a[*]|{'s':'\\\\','a':[{'n':1}]}|1",
                "$.a[*]|{'s':'\\\"]}','t':[[1,2],{}],'a':[{'n':1}]}|1"
            })
    void records_are_found_on_the_path_wherever_the_document_is_cut(String path, String document, String numbers) {
        byte[] input = document.replace('\'', '"').replace('~', '\n').getBytes(StandardCharsets.UTF_8);
        List<String> expected = numbers == null
                ? List.of()
                : List.of(numbers.split(",", -1)).stream()
                        .map(n -> "{\"n\":" + n + "}")
                        .toList();
        for (int cut = 0; cut < input.length; cut++) {
            int first = cut;
            Decoded decoded = Decoded.of(
                    decoder(RecordsPath.parse(path)), input, left -> left == input.length && first > 0 ? first : left);
            assertThat(decoded.bad).as("cut at %d", cut).isEmpty();
            assertThat(decoded.rows).as("cut at %d", cut).isEqualTo(expected);
        }
        assertThat(Decoded.of(decoder(RecordsPath.parse(path)), input, left -> 1).rows)
                .isEqualTo(expected);
    }

    @Test
    void without_a_path_an_array_is_its_elements_and_an_object_is_one_record() {
        assertThat(read("[{\"n\":1},{\"n\":2}]").rows).containsExactly("{\"n\":1}", "{\"n\":2}");
        assertThat(read("\ufeff{\"n\":1}").rows).containsExactly("{\"n\":1}");
        assertThat(read("7").reasons()).containsExactly("0 TYPE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'n':1},{'n':01},{'n':3}]",
                "[{'n':1},{'n':2]",
                "[{'n':1},]",
                "[{'n':1} {'n':2}]",
                "[{'n':1},,{'n':2}]",
                "[{'n':1}",
                "[{'n':1},",
                "[{'n':1},{'n",
                "[{'n':1}]]",
                "[{'n':1}]x",
                "[{'n':1}][]",
                "[{'n':1}}",
                "[{'n':1},'\t']",
                "[{'n':1},tru]",
                "[{'n':1},1.]",
                "[{'n':1},}",
                "[{'n':1}:2]"
            })
    void a_syntax_error_in_a_document_is_one_bad_record_and_its_end(String document) {
        String text = document.replace('\'', '"');
        Decoded decoded = read(text);
        assertThat(decoded.rows).containsExactly("{\"n\":1}");
        assertThat(decoded.reasons()).containsExactly("1 SYNTAX");
        byte[] input = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Decoded.of(decoder(RecordsPath.AUTOMATIC), input, left -> 1).placed())
                .isEqualTo(decoded.placed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "{'a'",
                "{'a':",
                "{'a':[",
                "{'a':[]",
                "{'a':[],",
                "{'a':[],}",
                "{'a':[]]",
                "{a:[]}",
                "{'a' []}",
                "{'a':[],'b':01}",
                "{'a':[],'b':[1,2}",
                "{'a':[],'b':{'c'}}",
                "{'b':tru,'a':[]}",
                "{'a':[],'b':'\\x'}",
                "{'a':[]}{}",
                "{'a':[],'b':1 'c':2}",
                "{,'a':[]}",
                "{'a':[],,'b':1}",
                "{'a':[] 'b':1}",
                "{1:[]}",
                "[1",
                "{'a':[],'b':-}"
            })
    void what_lies_outside_the_records_is_checked_too(String document) {
        Decoded decoded = Decoded.of(decoder(RecordsPath.parse("$.a[*]")), document.replace('\'', '"'));
        assertThat(decoded.reasons()).containsExactly("0 SYNTAX");
    }

    @Test
    void a_path_that_leads_nowhere_is_loud() {
        assertThat(Decoded.of(decoder(RecordsPath.parse("$.a[*]")), "{\"b\":[]}")
                        .reasons())
                .containsExactly("0 MISSING");
        assertThat(Decoded.of(decoder(RecordsPath.parse("$.a[*]")), "{\"a\":{}}")
                        .reasons())
                .containsExactly("0 TYPE");
        assertThat(Decoded.of(decoder(RecordsPath.parse("$.a.b[*]")), "{\"a\":5}")
                        .reasons())
                .containsExactly("0 TYPE");
        assertThat(Decoded.of(decoder(RecordsPath.parse("$[*]")), "{\"a\":{}}").reasons())
                .containsExactly("0 TYPE");
    }

    @Test
    void a_record_that_does_not_fit_does_not_end_the_document() {
        Decoded decoded = read("[{\"n\":\"x\"},5,{\"n\":1}]");
        assertThat(decoded.reasons()).containsExactly("0 TYPE", "1 TYPE");
        assertThat(decoded.ordinals).containsExactly(2L);
    }

    @Test
    void a_record_that_is_too_large_does_not_end_the_document() {
        ByteDecoder decoder =
                Decoders.jsonDocument(Decoded.explicit("n", "int64").withMaxRecordBytes(20), RecordsPath.AUTOMATIC);
        Decoded decoded = Decoded.of(decoder, "[{\"n\":1},\n{\"n\":\"" + "]".repeat(50) + "\"},{\"n\":3}]");
        assertThat(decoded.rows).containsExactly("{\"n\":1}", "{\"n\":3}");
        assertThat(decoded.reasons()).containsExactly("1 TOO_LARGE");
        assertThat(decoded.bad.getFirst().place()).isEqualTo(new Place(1, 2, 10));
    }

    @Test
    void a_document_larger_than_the_limit_for_records_is_no_problem() {
        ByteDecoder decoder = Decoders.jsonDocument(
                Decoded.explicit("n", "int64").withMaxRecordBytes(10), RecordsPath.parse("$.a[*]"));
        assertThat(Decoded.of(decoder, "{\"a\":[" + "{\"n\":1},".repeat(999) + "{\"n\":1}]}").rows)
                .hasSize(1_000);
    }

    @Test
    void nesting_is_limited_inside_records_and_outside() {
        for (String path : List.of("$[*]", "$.a[*]")) {
            String deep = "[".repeat(100_000) + "]".repeat(100_000);
            String document = path.equals("$[*]") ? "[{\"x\":" + deep + "}]" : "{\"x\":" + deep + ",\"a\":[]}";
            assertThat(Decoded.of(decoder(RecordsPath.parse(path)), document).reasons())
                    .containsExactly("0 DEPTH");
        }
    }

    @Test
    void a_bad_record_names_its_line_and_byte() {
        Decoded decoded = read("[\n  {\"n\":1},\n  {\n\"n\":\"x\"\n}\n]");
        assertThat(decoded.bad.getFirst().place()).isEqualTo(new Place(1, 3, 15));
        assertThat(decoded.bad.getFirst().message()).isEqualTo("column 'n' is int64 and can't hold \"x\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "$.", "$a", "$..a", "$[0]", "$[*].a", "$.a[*][*]", "$['a]", "$.a b'", "$.*"})
    void a_path_that_is_not_understood_is_refused_with_what_is(String path) {
        assertThatThrownBy(() -> RecordsPath.parse(path)).hasMessageContaining("write $, $[*]");
    }

    private static ByteDecoder decoder(RecordsPath path) {
        return Decoders.jsonDocument(Decoded.explicit("n", "int64"), path);
    }

    private static Decoded read(String document) {
        return Decoded.of(decoder(RecordsPath.AUTOMATIC), document);
    }
}
