package dev.wisent.engine.internal.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Reject;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.Places;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.LabelledTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TransformChainTest {
    private static final Schema NUMBERS = Schema.of(Field.required("n", DataType.INT64));

    /// A row `n` becomes n rows numbered from 0, so 0 filters.
    private static final class Count implements Transform {
        @Override
        public String fingerprint() {
            return "count";
        }

        @Override
        public Optional<Schema> check(Optional<Schema> input) {
            return input;
        }

        @Override
        public Fanout fanout() {
            return Fanout.MANY;
        }

        @Override
        public TransformStep step() {
            return batch -> {
                RecordBatch out = RecordBatch.of(NUMBERS);
                List<Integer> origins = new ArrayList<>();
                for (int row = 0; row < batch.rows(); row++) {
                    for (int i = 0; i < ((LongColumn) batch.column(0)).get(row); i++) {
                        ((LongColumn) out.column(0)).append(i);
                        out.endRow();
                        origins.add(row);
                    }
                }
                int[] of = origins.stream().mapToInt(i -> i).toArray();
                return new Applied(out, new Applied.Origins.Rows(of), List.of());
            };
        }
    }

    /// Refuses rows of one value.
    private record Refuse(long value) implements Transform {
        @Override
        public String fingerprint() {
            return "refuse";
        }

        @Override
        public Optional<Schema> check(Optional<Schema> input) {
            return input;
        }

        @Override
        public TransformStep step() {
            return batch -> {
                RecordBatch out = RecordBatch.of(NUMBERS);
                List<Applied.Refused> refused = new ArrayList<>();
                List<Integer> origins = new ArrayList<>();
                for (int row = 0; row < batch.rows(); row++) {
                    long n = ((LongColumn) batch.column(0)).get(row);
                    if (n == value) {
                        refused.add(new Applied.Refused(row, ErrorCode.TRANSFORM_FAILED, "it is " + n));
                    } else {
                        ((LongColumn) out.column(0)).append(n);
                        out.endRow();
                        origins.add(row);
                    }
                }
                int[] of = origins.stream().mapToInt(i -> i).toArray();
                return new Applied(out, new Applied.Origins.Rows(of), refused);
            };
        }
    }

    private static RecordBatch numbers(long... values) {
        return Rows.of(
                NUMBERS,
                Arrays.stream(values).mapToObj(n -> "{\"n\":" + n + "}").toArray(String[]::new));
    }

    @Test
    void every_record_is_written_refused_or_filtered_and_the_counts_add_up() {
        Rows rows = Rows.through(numbers(0, 1, 3, 4, 2), new Count(), new Refuse(3));
        assertThat(rows.lines)
                .containsExactly("{\"n\":0}", "{\"n\":0}", "{\"n\":1}", "{\"n\":2}", "{\"n\":0}", "{\"n\":1}");
        assertThat(rows.rejected()).containsExactly("{\"n\":4} transform 'step2': it is 3");
        assertThat(5 + rows.added).isEqualTo(rows.lines.size() + rows.rejects.size() + rows.filtered);
        assertThat(rows.filtered).isEqualTo(1);
    }

    @Test
    void a_record_is_refused_as_it_was_read_and_once_however_many_of_its_rows_fail() {
        Rows rows = Rows.through(numbers(5), new Count(), new Count(), new Refuse(0));
        assertThat(rows.rejected()).containsExactly("{\"n\":5} transform 'step3': it is 0");
        assertThat(rows.lines).isEmpty();
        assertThat(rows.added).isZero();
        assertThat(rows.filtered).isZero();
    }

    @Test
    void rows_keep_the_number_of_their_record_and_differ_by_part() {
        assertThat(Rows.through(numbers(0, 1, 3), new Count()).numbers)
                .containsExactly("1/0/0", "2/0/0", "2/0/1", "2/0/2");
    }

    @Test
    void large_batches_are_cut_for_steps_that_make_many_rows_and_the_numbers_stay() {
        long[] twos = new long[5_000];
        Arrays.fill(twos, 2);
        Rows rows = Rows.through(numbers(twos), new Count());
        assertThat(rows.lines).hasSize(10_000);
        assertThat(rows.numbers).doesNotHaveDuplicates().last().isEqualTo("4999/0/1");
        assertThat(rows.added).isEqualTo(5_000);
    }

    @Test
    void operations_follow_their_rows() {
        RecordBatch batch = numbers(0, 1, 2).operate(new RowOp[] {RowOp.INSERT, RowOp.DELETE, RowOp.UPDATE});
        RecordBatch out = Rows.through(batch, new Count()).last;
        assertThat(List.of(out.op(0), out.op(1), out.op(2))).containsExactly(RowOp.DELETE, RowOp.UPDATE, RowOp.UPDATE);
    }

    @Test
    void a_truncate_is_refused_instead_of_being_filtered_away() {
        RecordBatch batch = numbers(0).operate(new RowOp[] {RowOp.TRUNCATE});
        assertThatThrownBy(() -> Rows.through(batch, new Count()))
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED));
    }

    @Test
    void renaming_and_dropping_share_the_columns_and_absent_stays_absent() {
        Schema schema = Schema.of(
                Field.nullable("a", DataType.STRING),
                Field.nullable("b", DataType.INT64),
                Field.nullable("c", DataType.BOOL));
        RecordBatch batch = Rows.of(schema, "{\"a\":\"x\",\"b\":1,\"c\":true}", "{\"b\":null}");
        Rows rows = Rows.through(batch, new Rename(Map.of("a", "z")), new Drop(List.of("c")));
        assertThat(rows.lines).containsExactly("{\"z\":\"x\",\"b\":1}", "{\"b\":null}");
        assertThat(rows.last.column(0)).isSameAs(batch.column(0));
    }

    @Test
    void an_unknown_column_ends_the_run_with_the_closest_name() {
        assertThatThrownBy(() -> Rows.through(numbers(1), new Drop(List.of("m"))))
                .isInstanceOfSatisfying(WisentException.class, e -> {
                    assertThat(e.what()).isEqualTo("there is no column 'm'");
                    assertThat(e.hint()).isEqualTo("did you mean 'n'?");
                    assertThat(e.where()).isEqualTo("transform 'step1'");
                });
    }

    @Test
    void schemaless_records_are_changed_by_key_and_the_rest_stays_byte_for_byte() {
        Rows rows = Rows.through(
                Rows.raw("{ \"a\" : {\"a\": [1, \"}\\\"\"]}, \"b\":1.50, \"\\u0063\": null}", "{}", "[1]"),
                new Rename(Map.of("a", "x\"y")),
                new Drop(List.of("c")));
        assertThat(rows.lines).containsExactly("{\"x\\\"y\":{\"a\": [1, \"}\\\"\"]},\"b\":1.50}", "{}");
        assertThat(rows.rejected()).containsExactly("[1] transform 'step1': the record is no JSON object");
        Column times = rows.last.column(1);
        assertThat(((LongColumn) times).get(1)).isEqualTo(7);
        assertThat(((BytesColumn) rows.last.column(0)).size()).isEqualTo(2);
    }

    @Test
    void a_record_in_which_renaming_would_lose_a_value_is_refused() {
        Rows rows = Rows.through(Rows.raw("{\"a\":1,\"b\":2}", "{\"a\":1}"), new Rename(Map.of("a", "b")));
        assertThat(rows.lines).containsExactly("{\"b\":1}");
        assertThat(rows.rejected())
                .containsExactly("{\"a\":1,\"b\":2} transform 'step1': after renaming, two keys have one name");
    }

    /// Hands rows on as they are, and keeps how many came with each call.
    private record Many(int worthwhileRows, List<Integer> calls) implements Transform {
        @Override
        public String fingerprint() {
            return "many";
        }

        @Override
        public Optional<Schema> check(Optional<Schema> input) {
            return input;
        }

        @Override
        public TransformStep step() {
            return batch -> {
                calls.add(batch.rows());
                return Applied.same(batch);
            };
        }
    }

    private static RecordBatch page(long ordinal, long... values) {
        return numbers(values).number(new Numbering.Within(ordinal, 0));
    }

    @Test
    void small_batches_are_put_together_for_a_step_that_wants_many_rows_and_keep_order_numbers_and_rejects() {
        Many many = new Many(5, new ArrayList<>());
        Rows rows = new Rows();
        try (TransformChain chain = chain(many, new Refuse(4))) {
            chain.gather("input", page(7, 1, 2), rows);
            chain.gather("input", page(8, 3, 4), rows);
            assertThat(rows.lines).isEmpty();
            assertThat(chain.holdsRows()).isTrue();
            chain.gather("input", page(9, 5), rows);
            assertThat(chain.holdsRows()).isFalse();
            chain.gather("input", page(10, 6), rows);
            chain.handOn("input", rows);
            chain.handOn("input", rows);
        }
        assertThat(many.calls()).containsExactly(5, 1);
        assertThat(rows.lines).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":5}", "{\"n\":6}");
        assertThat(rows.numbers).containsExactly("7/0/0", "7/1/0", "8/0/0", "9/0/0", "10/0/0");
        assertThat(rows.rejected()).containsExactly("{\"n\":4} transform 'step2': it is 4");
        assertThat(rows.rejects.getFirst().ordinal()).isEqualTo(8);
    }

    @Test
    void a_reject_names_the_line_of_its_record_also_from_rows_put_together_or_cut_apart() {
        Rows rows = new Rows();
        try (TransformChain chain = chain(new Many(4, new ArrayList<>()), new Refuse(4))) {
            chain.gather("input", lines(page(0, 1, 2), 1), rows);
            chain.gather("input", lines(page(2, 3, 4), 11), rows);
        }
        try (TransformChain chain = chain(new Count(), new Refuse(0))) {
            long[] values = new long[5000];
            values[4000] = 1;
            chain.apply("input", lines(numbers(values), 1), rows);
        }
        assertThat(rows.rejects).extracting(Reject::line).containsExactly(OptionalLong.of(12), OptionalLong.of(4001));
        assertThat(rows.rejects.getLast().byteOffset()).hasValue(40_000);
    }

    @Test
    void without_lines_a_reject_has_none_also_when_others_beside_it_have() {
        Rows rows = new Rows();
        try (TransformChain chain = chain(new Many(4, new ArrayList<>()), new Refuse(4))) {
            chain.gather("input", page(2, 3, 4), rows);
            chain.gather("input", lines(page(0, 1, 2), 1), rows);
        }
        assertThat(rows.rejects).extracting(Reject::line).containsExactly(OptionalLong.empty());
    }

    @Test
    void records_read_once_more_are_refused_at_their_first_place_also_when_put_together() {
        Rows rows = new Rows();
        Places.First first = new Places.First("a.ndjson", 7, OptionalLong.of(8), OptionalLong.empty());
        Places.First other = new Places.First("b.ndjson", 1, OptionalLong.empty(), OptionalLong.of(90));
        try (TransformChain chain = chain(new Many(2, new ArrayList<>()), new Refuse(1))) {
            chain.gather("rejects", page(2, 1).place(Optional.of(Places.again(first, 1))), rows);
            chain.gather("rejects", page(3, 1).place(Optional.of(Places.again(other, 1))), rows);
            chain.handOn("rejects", rows);
        }
        assertThat(rows.rejects).extracting(Reject::where).containsExactly("a.ndjson", "b.ndjson");
        assertThat(rows.rejects).extracting(Reject::ordinal).containsExactly(7L, 1L);
        assertThat(rows.rejects).extracting(Reject::line).containsExactly(OptionalLong.of(8), OptionalLong.empty());
        assertThat(rows.rejects.getLast().byteOffset()).hasValue(90);
    }

    /// Row i of `batch` begins at line `first + i`, byte 10 * i.
    private static RecordBatch lines(RecordBatch batch, long first) {
        int rows = batch.rows();
        return batch.place(Optional.of(new Places(
                LongStream.range(first, first + rows).toArray(),
                LongStream.range(0, rows).map(i -> 10 * i).toArray())));
    }

    @Test
    void a_batch_that_is_large_enough_or_of_another_kind_goes_by_itself_behind_what_waits() {
        Many many = new Many(3, new ArrayList<>());
        Rows rows = new Rows();
        try (TransformChain chain = chain(many)) {
            chain.gather("input", page(1, 1), rows);
            chain.gather("input", page(2, 2).operate(new RowOp[] {RowOp.DELETE}), rows);
            chain.gather("input", page(3, 3), rows);
            chain.gather("input", page(4, 4, 5, 6), rows);
            chain.gather("input", page(5, 7), rows);
            chain.gather("input", Rows.of(Schema.of(Field.nullable("m", DataType.INT64)), "{\"m\":8}"), rows);
            chain.handOn("input", rows);
        }
        assertThat(many.calls()).containsExactly(1, 1, 1, 3, 1, 1);
        assertThat(rows.lines)
                .containsExactly(
                        "{\"n\":1}",
                        "{\"n\":2}",
                        "{\"n\":3}",
                        "{\"n\":4}",
                        "{\"n\":5}",
                        "{\"n\":6}",
                        "{\"n\":7}",
                        "{\"m\":8}");
    }

    @Test
    void rows_that_wait_when_their_input_fails_are_forgotten() {
        Rows rows = new Rows();
        try (TransformChain chain = chain(new Many(9, new ArrayList<>()))) {
            chain.gather("bad", page(1, 1), rows);
            chain.forget();
            chain.gather("good", page(1, 2), rows);
            chain.handOn("good", rows);
        }
        assertThat(rows.lines).containsExactly("{\"n\":2}");
    }

    @Test
    void columns_put_together_keep_what_is_null_and_what_is_absent() {
        Schema schema = Schema.of(
                Field.nullable("a", DataType.STRING),
                Field.nullable("b", DataType.INT64),
                Field.nullable("c", new DataType.ListOf(DataType.FLOAT64)));
        Rows rows = new Rows();
        String[] records = {
            "{\"a\":\"x\",\"b\":1,\"c\":[1.5]}", "{\"a\":\"\",\"b\":2,\"c\":[]}", "{\"b\":null}", "{\"a\":\"ü\"}"
        };
        try (TransformChain chain = chain(new Many(9, new ArrayList<>()))) {
            chain.gather("input", Rows.of(schema, records[0], records[1]), rows);
            chain.gather("input", Rows.of(schema, records[2]), rows);
            chain.gather("input", Rows.of(schema, records[3]), rows);
            chain.handOn("input", rows);
        }
        assertThat(rows.lines).containsExactly(records);
    }

    private static TransformChain chain(Transform... transforms) {
        List<LabelledTransform> labelled = new ArrayList<>();
        for (Transform transform : transforms) {
            labelled.add(new LabelledTransform("step" + (labelled.size() + 1), "", transform));
        }
        return new TransformChain(labelled);
    }
}
