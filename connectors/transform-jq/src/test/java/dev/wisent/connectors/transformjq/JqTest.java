package dev.wisent.connectors.transformjq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Applied.Refused;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JqTest {
    private static final Schema PEOPLE = Schema.of(
            Field.required("id", DataType.INT64),
            Field.nullable("name", DataType.STRING),
            Field.nullable("amount", new DataType.Decimal(30, 12)));

    @Test
    void a_schemaless_record_goes_through_the_program_and_stays_schemaless() {
        Applied applied = step(".name |= ascii_upcase").apply(records("{\"id\":1,\"name\":\"bizon\"}"));

        assertThat(lines(applied)).containsExactly("{\"id\":1,\"name\":\"BIZON\"}");
        assertThat(applied.refused()).isEmpty();
    }

    @Test
    void no_object_leaves_the_record_out_and_several_make_rows_of_each() {
        Applied applied = step(".items[]")
                .apply(records("{\"items\":[{\"a\":1},{\"a\":2}]}", "{\"items\":[]}", "{\"items\":[{\"a\":3}]}"));

        assertThat(lines(applied)).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
        assertThat(((Applied.Origins.Rows) applied.origins()).of()).containsExactly(0, 0, 2);
    }

    @Test
    void a_record_the_program_fails_on_is_refused_with_nothing_of_it_handed_on() {
        Applied applied = step("{a: 1}, {a: (.n + 1)}").apply(records("{\"n\":1}", "{\"n\":\"x\"}", "{\"n\":2}"));

        assertThat(lines(applied)).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":1}", "{\"a\":3}");
        assertThat(applied.refused()).extracting(Refused::row).containsExactly(1);
    }

    @Test
    void what_is_no_object_is_refused() {
        Applied applied = step(".n").apply(records("{\"n\":1}", "{\"n\":{\"a\":1}}", "{\"n\":null}"));

        assertThat(lines(applied)).containsExactly("{\"a\":1}");
        assertThat(applied.refused())
                .extracting(Refused::message)
                .containsExactly("the program gave a number, not an object", "the program gave null, not an object");
    }

    @Test
    void no_digit_of_a_number_that_passes_is_lost() {
        String exact = "{\"n\":123456789012345678901234567890,\"d\":0.12345678901234567890,\"z\":1.500,\"e\":1E+400}";

        Applied applied = step(".tag = 1").apply(records(exact));

        String number = "1" + "0".repeat(400);
        assertThat(lines(applied))
                .containsExactly("{\"n\":123456789012345678901234567890,\"d\":0.12345678901234567890,\"z\":1.500,\"e\":"
                        + number + ",\"tag\":1}");
    }

    @Test
    void columns_stay_columns_and_what_the_program_adds_becomes_one() {
        Applied applied = step(".tag = \"t\"")
                .apply(people("{\"id\":1,\"name\":\"a\",\"amount\":12345678901234567.123456789012}", "{\"id\":2}"));

        assertThat(applied.rows().schema().fields())
                .extracting(Field::name)
                .containsExactly("id", "name", "amount", "tag");
        assertThat(applied.rows().schema().field(0).type()).isEqualTo(DataType.INT64);
        assertThat(lines(applied))
                .containsExactly(
                        "{\"id\":1,\"name\":\"a\",\"amount\":12345678901234567.123456789012,\"tag\":\"t\"}",
                        "{\"id\":2,\"tag\":\"t\"}");
    }

    @Test
    void a_value_that_does_not_fit_the_column_it_came_from_is_refused_or_widens_it() {
        Applied applied = step("if .id == 2 then .id = {deep: 1} else . end")
                .apply(people("{\"id\":1}", "{\"id\":2}", "{\"id\":3}"));

        int handedOn = applied.rows().rows();
        assertThat(handedOn + applied.refused().size()).isEqualTo(3);
        assertThat(handedOn).isEqualTo(((Applied.Origins.Rows) applied.origins()).of().length);
    }

    @Test
    void a_worker_whose_rows_add_a_column_tells_the_others() {
        Jq jq = new Jq("if .id == 2 then .two = true else . end");
        TransformStep first = jq.step();
        TransformStep second = jq.step();

        assertThat(first.apply(people("{\"id\":2}")).rows().schema().size()).isEqualTo(4);
        assertThat(second.apply(people("{\"id\":1}")).rows().schema().size()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".a = now",
                "input",
                "$ENV.HOME as $x | .a = $x",
                "env",
                "\"\\(now)\" as $t | .a = $t",
                "localtime"
            })
    void what_would_differ_in_a_replay_is_refused_before_any_row(String program) {
        assertThatThrownBy(() -> new Jq(program).check(Optional.empty()))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("can't be used");
    }

    @Test
    void a_key_or_a_text_named_like_a_volatile_function_is_none() {
        assertThat(new Jq(".now = \"input\" | .env").check(Optional.of(RawRecords.SCHEMA)))
                .contains(RawRecords.SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(strings = {".a = ", "((", ".[", "frobnicate", "\"open"})
    void what_is_no_program_is_refused_before_any_row(String program) {
        assertThatThrownBy(() -> new Jq(program).check(Optional.empty())).isInstanceOf(WisentException.class);
    }

    private static TransformStep step(String program) {
        return new Jq(program).step();
    }

    private static RecordBatch records(String... json) {
        RecordBatch batch = RecordBatch.of(RawRecords.SCHEMA);
        for (String record : json) {
            ((BytesColumn) batch.column(RawRecords.DATA)).append(record);
            batch.column(RawRecords.TIMESTAMP).appendNull();
            batch.endRow();
        }
        return batch;
    }

    private static RecordBatch people(String... json) {
        RecordBatch batch = RecordBatch.of(PEOPLE);
        JsonRecordDecoder decoder = new JsonRecordDecoder(new StreamSchema(PEOPLE), Contract.EXPLICIT);
        for (String record : json) {
            byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
            assertThat(decoder.decode(bytes, 0, bytes.length, batch))
                    .isInstanceOf(JsonRecordDecoder.Outcome.Decoded.class);
        }
        return batch;
    }

    private static List<String> lines(Applied applied) {
        RecordBatch rows = applied.rows();
        if (rows.schema().equals(RawRecords.SCHEMA)) {
            BytesColumn data = (BytesColumn) rows.column(RawRecords.DATA);
            return java.util.stream.IntStream.range(0, rows.rows())
                    .mapToObj(data::string)
                    .toList();
        }
        OutputBuffer out = new OutputBuffer();
        new NdjsonEncoder(rows.schema()).encode(rows, 0, rows.rows(), out);
        return new String(out.copy(), StandardCharsets.UTF_8).lines().toList();
    }
}
