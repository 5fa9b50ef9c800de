package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.columnar.CsvOptions.Encoding;
import dev.wisent.columnar.CsvOptions.Header;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDecoderTest {
    private static final String[] TEXT = {"a", "string", "b", "string"};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,2\n3,4\n",
                "a,b\r\n1,2\r\n3,4\r\n",
                "a,b\r1,2\r3,4\r",
                "a,b\n1,2\n3,4",
                "\n\na,b\n\n1,2\r\n\r\n3,4\n\n"
            })
    void lines_end_in_any_way(String input) {
        assertThat(read(CsvOptions.DEFAULT, input, TEXT).all())
                .isEqualTo("0 {\"a\":\"1\",\"b\":\"2\"}\n1 {\"a\":\"3\",\"b\":\"4\"}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x,y|x|y",
                "\"x\",\"y\"|x|y",
                "\"a,b\",y|a,b|y",
                "\"say \"\"hi\"\"\",y|say \\\"hi\\\"|y",
                "\"\"\"\",y|\\\"|y",
                "\"\"\"\"\"\",y|\\\"\\\"|y",
                "\"a~b\",y|a\\nb|y",
                "\"a~~b\",\"~\"|a\\n\\nb|\\n",
                "x,\"\"|x|EMPTY",
                "\u00e9,\"\u20ac\"|\u00e9|\u20ac",
                "12345678,\"1234567\"|12345678|1234567",
                "\"12345678\"\"\",y|12345678\\\"|y"
            })
    void cells_are_quoted_as_in_rfc_4180_wherever_the_input_is_cut(String line, String a, String b) {
        byte[] input = ("a,b\n" + line.replace('~', '\n') + "\n9,9\n").getBytes(StandardCharsets.UTF_8);
        String first = "{\"a\":\"%s\",\"b\":\"%s\"}".formatted(a, b.equals("EMPTY") ? "" : b);
        for (int cut = 0; cut < input.length; cut++) {
            int piece = cut;
            Decoded decoded = Decoded.of(
                    decoder(CsvOptions.DEFAULT, TEXT), input, left -> left == input.length && piece > 0 ? piece : left);
            assertThat(decoded.bad).isEmpty();
            assertThat(decoded.rows).containsExactly(first, "{\"a\":\"9\",\"b\":\"9\"}");
        }
    }

    @Test
    void spaces_belong_to_the_cell() {
        assertThat(read(CsvOptions.DEFAULT, "a,b\n x , y \n", TEXT).rows)
                .containsExactly("{\"a\":\" x \",\"b\":\" y \"}");
    }

    @Test
    void an_empty_cell_is_null_and_a_quoted_one_is_the_empty_string() {
        assertThat(read(CsvOptions.DEFAULT, "a,b\n,\"\"\n", TEXT).rows).containsExactly("{\"a\":null,\"b\":\"\"}");
        assertThat(read(CsvOptions.DEFAULT.withNullText("NA"), "a,b\nNA,\"NA\"\n,x\n", TEXT).rows)
                .containsExactly("{\"a\":null,\"b\":\"NA\"}", "{\"a\":\"\",\"b\":\"x\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1,2,3", "\"1,2\"", "1,2,", "x"})
    void too_many_or_too_few_cells_are_a_bad_record(String line) {
        Decoded decoded = read(CsvOptions.DEFAULT, "a,b\n1,2\n" + line + "\n3,4\n", TEXT);
        assertThat(decoded.reasons()).containsExactly("1 COLUMN_COUNT");
        assertThat(decoded.rows).hasSize(2);
        assertThat(decoded.bad.getFirst().place()).isEqualTo(new Place(1, 3, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\"y,2", "x\",2", "\"x\"y,2", "\"x\" ,2", "\"x\"\"y\"z,2", "1,\"x\"\"\" "})
    void a_quote_out_of_place_is_a_bad_record(String line) {
        Decoded decoded = read(CsvOptions.DEFAULT, "a,b\n1,2\n" + line + "\n3,4\n", TEXT);
        assertThat(decoded.reasons()).containsExactly("1 SYNTAX");
        assertThat(decoded.ordinals).containsExactly(0L, 2L);
    }

    @Test
    void a_quote_that_is_never_closed_is_a_bad_record_of_the_line_where_it_began_and_loses_nothing_before() {
        String input = "a,b\n1,2\n\"x\ny\",3\n4,\"oops\n5,6\n7,8\n";
        Decoded decoded = read(CsvOptions.DEFAULT, input, TEXT);
        assertThat(decoded.rows).containsExactly("{\"a\":\"1\",\"b\":\"2\"}", "{\"a\":\"x\\ny\",\"b\":\"3\"}");
        assertThat(decoded.reasons()).containsExactly("2 SYNTAX");
        BadRecord bad = decoded.bad.getFirst();
        assertThat(bad.line()).isEqualTo(5);
        assertThat(new String(bad.raw(), StandardCharsets.UTF_8)).isEqualTo("4,\"oops\n5,6\n7,8\n");
    }

    @Test
    void columns_are_found_by_name_and_the_others_follow_the_contract() {
        DecoderOptions options = Decoded.explicit("b", "int64", "a", "string", "missing", "string");
        ByteDecoder decoder = Decoders.csv(options, CsvOptions.DEFAULT);
        assertThat(Decoded.of(decoder, "a,x,b\nq,1,2\nr,,3\n").rows)
                .containsExactly("{\"b\":2,\"a\":\"q\"}", "{\"b\":3,\"a\":\"r\"}");
        assertThat(decoder.discardedValues()).isEqualTo(1);
        Decoded evolved =
                Decoded.of(Decoders.csv(Decoded.inferred("a", "int64"), CsvOptions.DEFAULT), "a,x\n1,\n2,7\n3.5,8\n");
        assertThat(evolved.rows).containsExactly("{\"a\":1}", "{\"a\":2,\"x\":\"7\"}", "{\"a\":3.5,\"x\":\"8\"}");
        Decoded required =
                Decoded.of(Decoders.csv(Decoded.explicit("a", "int64!", "b", "int64!"), CsvOptions.DEFAULT), "a\n1\n");
        assertThat(required.reasons()).containsExactly("0 MISSING");
    }

    @Test
    void without_a_header_columns_are_those_of_the_schema_by_position_or_numbered() {
        CsvOptions absent = CsvOptions.DEFAULT.withHeader(Header.ABSENT);
        assertThat(read(absent, "1,2\n", TEXT).rows).containsExactly("{\"a\":\"1\",\"b\":\"2\"}");
        assertThat(Decoded.of(Decoders.csv(Decoded.inferred(), absent), "1,2\n3,4\n").rows)
                .containsExactly("{\"column_1\":\"1\",\"column_2\":\"2\"}", "{\"column_1\":\"3\",\"column_2\":\"4\"}");
        assertThat(read(absent.withColumns(List.of("b", "a")), "1,2\n", TEXT).rows)
                .containsExactly("{\"a\":\"2\",\"b\":\"1\"}");
    }

    @Test
    void names_that_are_empty_or_come_twice_are_made_distinct() {
        Decoded decoded =
                Decoded.of(Decoders.csv(Decoded.inferred(), CsvOptions.DEFAULT), "x,,x,x_2,x,column_2\n1,2,3,4,5,6\n");
        assertThat(decoded.schemas.getLast().fields().stream().map(Field::name))
                .containsExactly("x", "column_2_2", "x_3", "x_2", "x_4", "column_2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "bool|true|true",
                "bool|FALSE|false",
                "bool|True|true",
                "bool|1|",
                "int64|12|12",
                "int64|-5|-5",
                "int64|007|",
                "int64|+1|",
                "int64|1.0|1",
                "int64|1e3|1000",
                "int64| 1|",
                "int64|1 |",
                "int64|1.5|",
                "int64|x|",
                "int8|128|",
                "float64|1.5|1.5",
                "float64|NaN|'NaN'",
                "float64|1e999|",
                "float64|.5|",
                "decimal(5,2)|12.345|",
                "decimal(5,2)|12.30|12.30",
                "date|2026-11-20|'2026-11-20'",
                "date|20.11.2026|",
                "time|10:00:00|'10:00:00'",
                "timestamp|2026-11-20T10:00:00+01:00|'2026-11-20T09:00:00Z'",
                "timestamp_ntz|2026-11-20 10:00:00|'2026-11-20T10:00:00'",
                "uuid|00000000-0000-0000-0000-00000000000A|'00000000-0000-0000-0000-00000000000a'",
                "binary|AQID|'AQID'",
                "json|[1]|[1]",
                "json|{|",
                "json|x|",
                "list<int64>|[1]|[1]",
                "list<int64>|[1|",
                "list<int64>|5|",
                "struct<a:int64>|{}|{}",
                "map<string,int64>|{}|{}"
            })
    void cells_fit_exactly_or_their_record_is_refused(String type, String cell, String becomes) {
        Decoded decoded = read(CsvOptions.DEFAULT, "n,v\n1," + cell + "\n2,\n", "n", "int64", "v", type);
        if (becomes == null) {
            assertThat(decoded.reasons()).containsExactly("0 TYPE");
        } else {
            assertThat(decoded.rows.getFirst()).isEqualTo("{\"n\":1,\"v\":" + becomes.replace('\'', '"') + "}");
        }
        assertThat(decoded.rows.getLast()).isEqualTo("{\"n\":2,\"v\":null}");
    }

    @Test
    void nested_cells_are_json() {
        assertThat(read(
                                CsvOptions.DEFAULT,
                                "n,v\n1,\"{\"\"a\"\":[{\"\"b\"\":1},null]}\"\n",
                                "n",
                                "int64",
                                "v",
                                "struct<a:list<struct<b:int64>>>")
                        .rows)
                .containsExactly("{\"n\":1,\"v\":{\"a\":[{\"b\":1},null]}}");
    }

    @ParameterizedTest
    @CsvSource({"';'", "'|'", "'\t'", "' '"})
    void any_delimiter_divides_cells(char delimiter) {
        String input = "a,b\n1,\"x,y\"\n".replace(',', delimiter);
        assertThat(read(CsvOptions.DEFAULT.withDelimiter(delimiter), input, TEXT).rows)
                .containsExactly("{\"a\":\"1\",\"b\":\"x%sy\"}"
                        .formatted(delimiter == '\t' ? "\\t" : String.valueOf(delimiter)));
        assertThatThrownBy(() -> CsvOptions.DEFAULT.withDelimiter('"')).hasMessageContaining("two different");
        assertThatThrownBy(() -> CsvOptions.DEFAULT.withDelimiter('e')).hasMessageContaining("part of a number");
        assertThatThrownBy(() -> CsvOptions.DEFAULT.withDelimiter('\u00a7')).hasMessageContaining("not ASCII");
    }

    @Test
    void encodings_are_read_with_and_without_a_mark_however_the_bytes_come() {
        String text = "a,b\r\nM\u00fcnchen,\u20ac\r\n\"\ud83d\ude00\n\",x\r\n";
        Random random = new Random(7);
        for (int longest : new int[] {1, 3, 1_000}) {
            same(text, encode("", text, StandardCharsets.UTF_8), Encoding.UTF_8, longest, random);
            same(text, encode("\ufeff", text, StandardCharsets.UTF_8), Encoding.UTF_8, longest, random);
            same(text, encode("\ufeff", text, StandardCharsets.UTF_16LE), Encoding.UTF_8, longest, random);
            same(text, encode("\ufeff", text, StandardCharsets.UTF_16BE), Encoding.UTF_8, longest, random);
            same(text, encode("", text, StandardCharsets.UTF_16LE), Encoding.UTF_16LE, longest, random);
            same(text, encode("", text, StandardCharsets.UTF_16BE), Encoding.UTF_16BE, longest, random);
            same(text, encode("\ufeff", text, StandardCharsets.UTF_8), Encoding.UTF_16LE, longest, random);
            String windows = text.replace("\ud83d\ude00", "\u0178\u2122");
            same(windows, encode("", windows, Charset.forName("windows-1252")), Encoding.WINDOWS_1252, longest, random);
            String latin = windows.replace("\u0178\u2122", "\u0080\u00ff").replace('\u20ac', '\u00a4');
            same(latin, encode("", latin, StandardCharsets.ISO_8859_1), Encoding.ISO_8859_1, longest, random);
        }
    }

    private static byte[] encode(String mark, String text, Charset charset) {
        return (mark + text).getBytes(charset);
    }

    private static void same(String text, byte[] bytes, Encoding encoding, int longest, Random random) {
        Decoded expected = read(CsvOptions.DEFAULT, text, TEXT);
        Decoded decoded =
                Decoded.inPieces(decoder(CsvOptions.DEFAULT.withEncoding(encoding), TEXT), bytes, random, longest);
        assertThat(decoded.rows).as(encoding.name()).isEqualTo(expected.rows).hasSize(2);
        assertThat(decoded.bad).isEmpty();
    }

    @Test
    void what_is_no_character_refuses_its_record_only() {
        for (Encoding encoding : List.of(Encoding.UTF_8, Encoding.UTF_16LE, Encoding.UTF_16BE, Encoding.WINDOWS_1252)) {
            Charset charset = Charset.forName(encoding.name()
                    .replace("UTF_16", "UTF-16")
                    .replace('_', '-')
                    .replace("WINDOWS", "windows"));
            ByteArrayOutputStream input = new ByteArrayOutputStream();
            input.writeBytes("a,b\n1,2\n3,".getBytes(charset));
            input.writeBytes(
                    switch (encoding) {
                        case UTF_16LE -> new byte[] {0, (byte) 0xD8};
                        case UTF_16BE -> new byte[] {(byte) 0xDC, 0};
                        case WINDOWS_1252 -> new byte[] {(byte) 0x81};
                        default -> new byte[] {(byte) 0xC3};
                    });
            input.writeBytes("\n5,6\n".getBytes(charset));
            Decoded decoded = Decoded.of(decoder(CsvOptions.DEFAULT.withEncoding(encoding), TEXT), input.toByteArray());
            assertThat(decoded.reasons()).as(encoding.name()).containsExactly("1 ENCODING");
            assertThat(decoded.rows).hasSize(2);
        }
        byte[] odd = Arrays.copyOf("a,b\n1,2".getBytes(StandardCharsets.UTF_16LE), 15);
        assertThat(Decoded.of(decoder(CsvOptions.DEFAULT.withEncoding(Encoding.UTF_16LE), TEXT), odd)
                        .reasons())
                .containsExactly("0 ENCODING");
    }

    @Test
    void an_empty_input_and_a_lone_header_have_no_records() {
        assertThat(read(CsvOptions.DEFAULT, "", TEXT).all()).isEmpty();
        assertThat(read(CsvOptions.DEFAULT, "a,b", TEXT).all()).isEmpty();
        assertThat(read(CsvOptions.DEFAULT, "a,b\r\n", TEXT).all()).isEmpty();
    }

    @Test
    void a_header_that_is_not_valid_refuses_every_record() {
        Decoded decoded = read(CsvOptions.DEFAULT, "a\"x,b\n1,2\n3,4\n", TEXT);
        assertThat(decoded.reasons()).containsExactly("0 SYNTAX", "1 SYNTAX", "2 SYNTAX");
    }

    @Test
    void a_crlf_is_one_line_end_wherever_the_input_is_cut() {
        byte[] input = "a\r\n1\r\n\r\nx\r\n".getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece <= input.length; piece++) {
            int length = piece;
            Decoded decoded = Decoded.of(decoder(CsvOptions.DEFAULT, "a", "int64"), input, left -> length);
            assertThat(decoded.rows).containsExactly("{\"a\":1}", "{\"a\":null}");
            assertThat(decoded.bad.getFirst().place()).isEqualTo(new Place(2, 4, 8));
        }
    }

    @Test
    void a_blank_line_is_a_null_where_there_is_one_column() {
        assertThat(read(CsvOptions.DEFAULT, "a\n1\n\n2\n", "a", "int64").rows)
                .containsExactly("{\"a\":1}", "{\"a\":null}", "{\"a\":2}");
    }

    @Test
    void pieces_of_any_size_give_the_same_records() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("a,b\r\n");
        String[] parts = {
            "x",
            ",",
            "\"",
            "\"\"",
            "\n",
            "\r\n",
            "\r",
            "\u20ac",
            "1234567890",
            ",\"",
            "\",",
            "\"\n",
            "1,2\n",
            "\"a\nb\",c\n"
        };
        for (int i = 0; i < 20_000; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        byte[] input = text.toString().getBytes(StandardCharsets.UTF_8);
        String whole = Decoded.of(decoder(CsvOptions.DEFAULT, TEXT), input).placed();
        for (int longest : new int[] {1, 2, 9, 200}) {
            assertThat(Decoded.inPieces(decoder(CsvOptions.DEFAULT, TEXT), input, random, longest)
                            .placed())
                    .as("seed %d", seed)
                    .isEqualTo(whole);
        }
    }

    @Test
    void a_record_that_is_too_large_is_bad_and_the_next_one_passes() {
        DecoderOptions options = Decoded.explicit(TEXT).withMaxRecordBytes(50);
        Decoded decoded =
                Decoded.of(Decoders.csv(options, CsvOptions.DEFAULT), "a,b\n1,\"" + "x\n,".repeat(100) + "\"\n3,4\n");
        assertThat(decoded.reasons()).containsExactly("0 TOO_LARGE");
        assertThat(decoded.rows).containsExactly("{\"a\":\"3\",\"b\":\"4\"}");
    }

    private static ByteDecoder decoder(CsvOptions csv, String... namesAndTypes) {
        return Decoders.csv(Decoded.explicit(namesAndTypes), csv);
    }

    private static Decoded read(CsvOptions csv, String input, String... namesAndTypes) {
        return Decoded.of(decoder(csv, namesAndTypes), input);
    }

    @Test
    void a_row_of_several_lines_is_placed_where_it_begins() {
        Decoded decoded = Decoded.of(
                Decoders.csv(Decoded.explicit("a", "int64", "t", "string"), CsvOptions.DEFAULT),
                "a,t\n1,\"two\nlines\"\n\n2,one\n");
        assertThat(decoded.rows).containsExactly("{\"a\":1,\"t\":\"two\\nlines\"}", "{\"a\":2,\"t\":\"one\"}");
        assertThat(decoded.places).containsExactly("2:4", "5:19");
    }
}
