package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wisent.columnar.Contract.Mode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Records that differ from their schema, under each mode.
class ContractTest {
    private static final String NEW_KEY = "{\"n\":1}\n{\"n\":2,\"x\":\"y\"}\n{\"n\":3}\n";
    private static final String NO_FIT = "{\"n\":1}\n{\"n\":\"two\"}\n{\"n\":3}\n";

    @Test
    void evolve_adds_a_column_behind_the_others_and_goes_on_with_a_wider_batch() {
        Decoded decoded = Decoded.ndjson(Decoded.inferred("n", "int64"), NEW_KEY);
        assertThat(decoded.rows).containsExactly("{\"n\":1}", "{\"n\":2,\"x\":\"y\"}", "{\"n\":3}");
        assertThat(decoded.schemas)
                .containsExactly(Decoded.schema("n", "int64"), Decoded.schema("n", "int64", "x", "string"));
        assertThat(decoded.bad).isEmpty();
    }

    @Test
    void evolve_types_a_new_column_by_its_first_value() {
        Decoded decoded = Decoded.ndjson(
                Decoded.inferred(),
                "{\"i\":1,\"f\":1.5,\"b\":true,\"s\":\"2026-01-01\",\"o\":{\"x\":1},\"l\":[1],\"z\":null,\"big\":99999999999999999999,\"precise\":0.12345678901234567890}\n");
        assertThat(decoded.schemas.getLast())
                .isEqualTo(Decoded.schema(
                        "i",
                        "int64",
                        "f",
                        "float64",
                        "b",
                        "bool",
                        "s",
                        "string",
                        "o",
                        "json",
                        "l",
                        "json",
                        "big",
                        "decimal(20,0)",
                        "precise",
                        "decimal(20,19)"));
        assertThat(decoded.rows)
                .containsExactly(
                        "{\"i\":1,\"f\":1.5,\"b\":true,\"s\":\"2026-01-01\",\"o\":{\"x\":1},\"l\":[1],\"big\":99999999999999999999,\"precise\":0.1234567890123456789}");
    }

    @Test
    void evolve_widens_where_no_value_changes_and_refuses_the_record_elsewhere() {
        Decoded decoded = Decoded.ndjson(
                Decoded.inferred("i", "int8", "d", "decimal(3,1)", "f", "float64"),
                "{\"i\":300}\n{\"i\":1.25}\n{\"d\":123.45}\n{\"i\":\"x\"}\n{\"f\":1e999}\n{\"i\":[1]}\n");
        assertThat(decoded.rows).containsExactly("{\"i\":300}", "{\"i\":1.25}", "{\"d\":123.45}");
        assertThat(decoded.reasons()).containsExactly("3 TYPE", "4 TYPE", "5 TYPE");
        assertThat(decoded.schemas.getLast())
                .isEqualTo(Decoded.schema("i", "decimal(21,2)", "d", "decimal(5,2)", "f", "float64"));
    }

    @Test
    void evolve_reaches_into_structs_lists_and_maps() {
        Decoded decoded = Decoded.ndjson(
                Decoded.inferred("s", "struct<a:list<struct<b:int8>>>", "m", "map<string,int8>"),
                "{\"s\":{\"a\":[{\"b\":1},{\"c\":\"x\"}]}}\n{\"s\":{\"d\":true,\"a\":[{\"b\":1000}]},\"m\":{\"k\":1000}}\n");
        assertThat(decoded.bad).isEmpty();
        assertThat(decoded.schemas.getLast())
                .isEqualTo(Decoded.schema(
                        "s", "struct<a:list<struct<b:int64,c:string>>,d:bool>", "m", "map<string,int64>"));
        assertThat(decoded.rows)
                .containsExactly(
                        "{\"s\":{\"a\":[{\"b\":1},{\"c\":\"x\"}]}}",
                        "{\"s\":{\"a\":[{\"b\":1000}],\"d\":true},\"m\":{\"k\":1000}}");
    }

    @Test
    void evolve_does_not_grow_for_a_record_that_is_bad_anyway() {
        Decoded decoded = Decoded.ndjson(
                Decoded.inferred("n", "int64"), "{\"x\":1,\"y\":01}\n{\"x\":1,\"n\":\"q\"}\n{\"n\":1}\n");
        assertThat(decoded.reasons()).containsExactly("0 SYNTAX", "1 TYPE");
        assertThat(decoded.schemas).containsExactly(Decoded.schema("n", "int64"));
    }

    @Test
    void evolve_keeps_required_fields_required() {
        StreamSchema schema = new StreamSchema(Decoded.schema("id", "int64!", "s", "struct<a:int64 not null>"));
        schema.evolve(Field.nullable("s", TypeParser.parse("struct<b:int64>"))).orElseThrow();
        assertThat(schema.current()).isEqualTo(Decoded.schema("id", "int64!", "s", "struct<a:int64 not null,b:int64>"));
    }

    @Test
    void a_decoder_takes_over_what_another_one_of_the_stream_has_added() {
        StreamSchema shared = new StreamSchema(Decoded.schema("n", "int64"));
        DecoderOptions options = DecoderOptions.of(shared, Contract.INFERRED);
        ByteDecoder first = Decoders.ndjson(options);
        Decoded.of(Decoders.ndjson(options), "{\"x\":1}\n");
        Decoded decoded = Decoded.of(first, "{\"n\":1,\"x\":2}\n");
        assertThat(decoded.schemas).containsExactly(Decoded.schema("n", "int64", "x", "int64"));
        assertThat(decoded.rows).containsExactly("{\"n\":1,\"x\":2}");
    }

    @Test
    void more_columns_than_any_table_has_are_refused() {
        StringBuilder record = new StringBuilder("{\"k\":0");
        for (int i = 0; i < StreamSchema.MAX_COLUMNS; i++) {
            record.append(",\"k").append(i).append("\":0");
        }
        Decoded decoded = Decoded.ndjson(Decoded.inferred(), record + "}\n{\"k\":1}\n");
        assertThat(decoded.reasons()).containsExactly("0 UNKNOWN_KEY");
        assertThat(decoded.rows).containsExactly("{\"k\":1}");
    }

    @Test
    void freeze_ends_the_run_and_names_place_column_and_reason() {
        ContractViolation violation = catchThrowableOfType(
                ContractViolation.class, () -> with(Mode.FREEZE, Mode.EVOLVE, Mode.EVOLVE, NEW_KEY));
        assertThat(violation.place()).isEqualTo(new Place(1, 2, 8));
        assertThat(violation.column()).isEqualTo("x");
        assertThat(violation).hasMessage("'x' is no column of the schema, and the contract is freeze (line 2, byte 8)");
        violation = catchThrowableOfType(
                ContractViolation.class, () -> with(Mode.EVOLVE, Mode.FREEZE, Mode.EVOLVE, NO_FIT));
        assertThat(violation)
                .hasMessage("column 'n' is int64 and can't hold \"two\", and the contract is freeze (line 2, byte 8)");
        violation = catchThrowableOfType(
                ContractViolation.class,
                () -> Decoded.ndjson(
                        DecoderOptions.of(
                                new StreamSchema(Decoded.schema("id", "int64!")),
                                new Contract(Mode.EVOLVE, Mode.EVOLVE, Mode.FREEZE)),
                        "{\"id\":1}\n{}\n"));
        assertThat(violation.column()).isEqualTo("id");
    }

    @Test
    void freeze_does_not_end_the_run_for_a_record_with_a_syntax_error() {
        assertThat(with(Mode.FREEZE, Mode.FREEZE, Mode.FREEZE, "{\"x\":1,\"n\":\"a\",}\n{\"n\":1}\n")
                        .all())
                .startsWith("1 {\"n\":1}\n0 SYNTAX");
    }

    @Test
    void discard_row_refuses_the_record() {
        Decoded decoded = with(Mode.DISCARD_ROW, Mode.EVOLVE, Mode.EVOLVE, NEW_KEY);
        assertThat(decoded.reasons()).containsExactly("1 UNKNOWN_KEY");
        assertThat(decoded.bad.getFirst().column()).contains("x");
        assertThat(with(Mode.EVOLVE, Mode.DISCARD_ROW, Mode.EVOLVE, "{\"n\":1.5}\n")
                        .reasons())
                .containsExactly("0 TYPE");
    }

    @Test
    void discard_value_drops_the_value_and_counts_it() {
        ByteDecoder decoder = Decoders.ndjson(DecoderOptions.of(
                new StreamSchema(Decoded.schema("n", "int64", "l", "list<int64>")),
                new Contract(Mode.DISCARD_VALUE, Mode.DISCARD_VALUE, Mode.DISCARD_VALUE)));
        Decoded decoded = Decoded.of(
                decoder, "{\"n\":\"x\",\"y\":1,\"l\":[1,\"z\",3]}\n{\"y\":1,\"y\":2}\n{\"y\":1,}\n{\"n\":5}\n");
        assertThat(decoded.rows).containsExactly("{\"n\":null,\"l\":[1,null,3]}", "{}", "{\"n\":5}");
        assertThat(decoder.discardedValues()).isEqualTo(5);
    }

    @Test
    void a_required_column_without_value_refuses_the_record_under_every_other_mode() {
        for (Mode mode : List.of(Mode.EVOLVE, Mode.DISCARD_ROW, Mode.DISCARD_VALUE)) {
            Decoded decoded = Decoded.ndjson(
                    DecoderOptions.of(
                            new StreamSchema(Decoded.schema("id", "int64!", "s", "struct<a:int64 not null,b:int64>")),
                            new Contract(mode, mode, mode)),
                    "{\"id\":1}\n{\"id\":null}\n{}\n{\"id\":1,\"s\":{\"b\":1}}\n{\"id\":1,\"s\":null}\n{\"id\":2,\"s\":{\"a\":1}}\n{\"id\":1,\"id\":null}");
            assertThat(decoded.ordinals).containsExactly(0L, 4L, 5L);
            assertThat(decoded.reasons()).containsExactly("1 MISSING", "2 MISSING", "3 MISSING", "6 MISSING");
            assertThat(decoded.bad.get(2).column()).contains("s.a");
        }
    }

    @Test
    void a_key_without_a_name_is_dropped_and_counted() {
        ByteDecoder decoder = Decoders.ndjson(Decoded.inferred("n", "int64"));
        assertThat(Decoded.of(decoder, "{\"\":1,\"n\":2}\n").rows).containsExactly("{\"n\":2}");
        assertThat(decoder.discardedValues()).isEqualTo(1);
    }

    @Test
    void a_single_record_decoder_follows_the_same_contract() {
        StreamSchema schema = new StreamSchema(Decoded.schema("n", "int64"));
        JsonRecordDecoder decoder = new JsonRecordDecoder(schema, Contract.INFERRED);
        RecordBatch batch = RecordBatch.of(schema.current());
        assertThat(decode(decoder, "{\"n\":1}", batch)).isEqualTo(new JsonRecordDecoder.Outcome.Decoded());
        assertThat(decode(decoder, "{\"n\":1", batch)).isInstanceOf(JsonRecordDecoder.Outcome.Refused.class);
        assertThat(decode(decoder, "{\"n\":\"x\"}", batch))
                .isInstanceOfSatisfying(
                        JsonRecordDecoder.Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(BadRecord.Reason.TYPE));
        JsonRecordDecoder.Outcome widened = decode(decoder, "{\"n\":2,\"x\":true}", batch);
        Schema wider = Decoded.schema("n", "int64", "x", "bool");
        assertThat(widened).isEqualTo(new JsonRecordDecoder.Outcome.Widened(wider));
        assertThat(batch.rows()).isEqualTo(1);
        decode(decoder, "{}", batch);
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.column(0).isAbsent(1))
                .as("nothing is left of a record that was not taken")
                .isTrue();
        RecordBatch next = RecordBatch.of(wider);
        assertThat(decode(decoder, "{\"n\":2,\"x\":true}", next)).isEqualTo(new JsonRecordDecoder.Outcome.Decoded());
        OutputBuffer out = new OutputBuffer();
        new NdjsonEncoder(wider).encode(next, 0, 1, out);
        assertThat(out).hasToString("{\"n\":2,\"x\":true}\n");
    }

    private static JsonRecordDecoder.Outcome decode(JsonRecordDecoder decoder, String json, RecordBatch batch) {
        byte[] bytes = ("###" + json).getBytes(StandardCharsets.UTF_8);
        return decoder.decode(bytes, 3, bytes.length - 3, batch);
    }

    private static Decoded with(Mode columns, Mode types, Mode missing, String input) {
        StreamSchema schema = new StreamSchema(Decoded.schema("n", "int64"));
        return Decoded.ndjson(DecoderOptions.of(schema, new Contract(columns, types, missing)), input);
    }
}
