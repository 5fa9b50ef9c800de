package dev.wisent.engine.internal.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Reject;
import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.source.Traits;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.LabelledTransform;
import dev.wisent.engine.internal.run.RowShaper;
import dev.wisent.engine.internal.transform.AsRead;
import dev.wisent.engine.internal.transform.TransformChain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShapersTest {
    private static final TargetId TARGET = new TargetId("creatures");

    private final Written written = new Written();

    private static Shapers shapers(Traits.Shape shape, Map<TargetId, Schema> declared) {
        return new Shapers(
                new StreamId("creatures"), TARGET, shape, "wisent", declared, Optional.empty(), Map.of(), List.of());
    }

    private static RowShaper merging(Map<TargetId, Schema> declared, String... key) {
        return new Shapers(
                        new StreamId("creatures"),
                        TARGET,
                        Traits.Shape.COLUMNS,
                        "wisent",
                        declared,
                        Optional.empty(),
                        Map.of(),
                        List.of(key))
                .make();
    }

    /// Three rows: the first and the last have an id.
    private static RecordBatch keyed(RowOp... ops) {
        RecordBatch batch = RecordBatch.of(
                Schema.of(Field.nullable("id", DataType.INT64), Field.nullable("name", DataType.STRING)));
        for (int row = 0; row < 3; row++) {
            LongColumn ids = (LongColumn) batch.column(0);
            if (row == 1) {
                ids.appendNull();
            } else {
                ids.append(row);
            }
            ((BytesColumn) batch.column(1)).append("row " + row);
            batch.endRow();
        }
        return batch.number(new Numbering.Within(1, 0)).operate(ops);
    }

    @Test
    void a_row_without_its_key_can_not_be_merged_and_is_refused() {
        Schema declared = Schema.of(Field.nullable("id", DataType.INT64), Field.nullable("more", DataType.STRING));
        for (RowShaper shaper : List.of(merging(Map.of(), "id"), merging(Map.of(TARGET, declared), "id"))) {
            Written rows = new Written();
            rows.through(shaper, keyed());
            assertThat(rows.lines).hasSize(2).noneMatch(line -> line.contains("null,"));
            assertThat(rows.refused).singleElement().satisfies(reject -> {
                assertThat(new String(reject.raw(), StandardCharsets.UTF_8)).contains("row 1");
                assertThat(reject.message()).contains("'id' of the primary key");
            });
        }
        Written absent = new Written();
        absent.through(merging(Map.of(), "name", "part"), keyed());
        assertThat(absent.lines).isEmpty();
        assertThat(absent.refused).hasSize(3);
    }

    @Test
    void what_a_row_does_to_its_target_survives_the_shaping() {
        Schema declared = Schema.of(Field.nullable("id", DataType.INT64));
        RowOp[] ops = {RowOp.DELETE, RowOp.INSERT, RowOp.UPDATE};
        for (RowShaper shaper : List.of(merging(Map.of(), "id"), merging(Map.of(TARGET, declared), "id"))) {
            Written rows = new Written();
            rows.through(shaper, keyed(ops));
            assertThat(rows.ops).containsExactly(RowOp.DELETE, RowOp.UPDATE);
        }
        Written all = new Written();
        all.through(merging(Map.of(TARGET, declared)), keyed(ops));
        assertThat(all.ops).containsExactly(ops);
        Written wrapped = new Written();
        wrapped.through(
                shapers(Traits.Shape.RECORDS, Map.of()).make(),
                raw("{}", "{}").operate(new RowOp[] {RowOp.DELETE, RowOp.INSERT}));
        assertThat(wrapped.ops).containsExactly(RowOp.DELETE, RowOp.INSERT);
    }

    private static RecordBatch raw(String... records) {
        RecordBatch batch = RecordBatch.of(RawRecords.SCHEMA);
        for (String record : records) {
            ((BytesColumn) batch.column(RawRecords.DATA)).append(record);
            ((LongColumn) batch.column(RawRecords.TIMESTAMP)).append(0);
            batch.endRow();
        }
        return batch.number(new Numbering.Within(1, 0));
    }

    @Test
    void schemaless_records_are_wrapped_into_the_envelope() {
        written.through(shapers(Traits.Shape.RECORDS, Map.of()).make(), raw("{\"id\":1}"));
        assertThat(written.lines)
                .singleElement()
                .asString()
                .contains("\"source_data\":{\"id\":1}")
                .contains("\"wisent_extracted_at\":\"1970-01-01T00:00:01Z\"")
                .contains("\"destination_id\":\"creatures\"");
    }

    @Test
    void a_second_reading_gives_a_record_the_same_id_and_another_record_another_one() {
        RowShaper shaper = shapers(Traits.Shape.RECORDS, Map.of()).make();
        written.through(shaper, raw("1", "2"));
        written.through(shaper, raw("1", "2"));
        List<String> ids =
                written.lines.stream().map(line -> line.substring(0, 50)).toList();
        assertThat(ids.get(0)).isEqualTo(ids.get(2)).isNotEqualTo(ids.get(1));
        assertThat(ids.get(1)).isEqualTo(ids.get(3));
    }

    @Test
    void declared_columns_are_enforced_and_what_does_not_fit_is_refused_with_its_bytes() {
        Schema declared = Schema.of(Field.required("id", DataType.INT64), Field.nullable("name", DataType.STRING));
        written.through(
                shapers(Traits.Shape.RECORDS, Map.of(TARGET, declared)).make(),
                raw("{\"id\":1,\"name\":\"a\",\"extra\":true}", "{\"id\":1.5}", "{\"name\":\"b\"}"));
        assertThat(written.lines).containsExactly("{\"id\":1,\"name\":\"a\"}");
        assertThat(written.refused).hasSize(2);
        assertThat(new String(written.refused.getFirst().raw())).isEqualTo("{\"id\":1.5}");
        assertThat(written.discarded).isEqualTo(1);
    }

    @Test
    void rows_with_columns_obey_the_declared_ones_as_well() {
        Schema source = Schema.of(Field.nullable("id", DataType.INT64), Field.nullable("more", DataType.STRING));
        RecordBatch batch = RecordBatch.of(source);
        ((LongColumn) batch.column(0)).append(7);
        batch.endRow();
        written.through(
                shapers(Traits.Shape.COLUMNS, Map.of(TARGET, Schema.of(Field.required("id", DataType.STRING))))
                        .make(),
                batch);
        assertThat(written.lines).containsExactly("{\"id\":\"7\"}");
    }

    @Test
    void rows_go_where_their_source_routes_them() {
        written.through(
                shapers(Traits.Shape.RECORDS, Map.of()).make(), raw("{}").routeTo(Optional.of("elsewhere")));
        assertThat(written.targets).containsExactly(new TargetId("elsewhere"));
    }

    @Test
    void what_records_name_as_where_they_belong_is_looked_up_among_the_routes() {
        TargetId users = new TargetId("shop.raw.users");
        TargetId orders = new TargetId("shop.raw.orders");
        Shapers shapers = new Shapers(
                new StreamId("all"),
                TARGET,
                Traits.Shape.RECORDS,
                "wisent",
                Map.of(orders, Schema.of(Field.required("id", DataType.INT64))),
                Optional.empty(),
                Map.of("topic-users", users, "topic-orders", orders),
                List.of());
        RowShaper shaper = shapers.make();

        written.through(shaper, raw("{\"id\":1}").routeTo(Optional.of("topic-orders")));
        assertThat(written.lines).containsExactly("{\"id\":1}");
        written.through(shaper, raw("{\"id\":2}").routeTo(Optional.of("topic-users")));
        written.through(shaper, raw("{\"id\":3}").routeTo(Optional.of("other")));
        written.through(shaper, raw("{\"id\":4}"));

        assertThat(written.targets).containsExactly(orders, users, new TargetId("other"), TARGET);
        assertThat(written.lines.get(1)).contains("\"destination_id\":\"shop.raw.users\"");
    }

    /// Makes two rows of each record: itself, and one whose id is not whole if its own is 2.
    private record Twins() implements Transform {
        @Override
        public String fingerprint() {
            return "twins";
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
                String[] records = new String[batch.rows() * 2];
                for (int row = 0; row < batch.rows(); row++) {
                    String record = ((BytesColumn) batch.column(RawRecords.DATA)).string(row);
                    records[row * 2] = record;
                    records[row * 2 + 1] = record.replace("2", "2.5");
                }
                int[] of = IntStream.range(0, records.length).map(i -> i / 2).toArray();
                return new Applied(raw(records), new Applied.Origins.Rows(of), List.of());
            };
        }
    }

    @Test
    void a_record_of_which_one_row_does_not_fit_is_refused_as_a_whole_and_the_counts_add_up() {
        Schema declared = Schema.of(Field.required("id", DataType.INT64));
        RowShaper shaper =
                shapers(Traits.Shape.RECORDS, Map.of(TARGET, declared)).make();

        written.through(shaper, raw("{\"id\":1}", "{\"id\":2}", "{\"id\":3}"), new Twins());

        assertThat(written.lines).containsExactly("{\"id\":1}", "{\"id\":1}", "{\"id\":3}", "{\"id\":3}");
        assertThat(written.refused)
                .extracting(reject -> new String(reject.raw(), StandardCharsets.UTF_8))
                .containsExactly("{\"id\":2}");
        assertThat(3 + written.added).isEqualTo(written.lines.size() + written.refused.size());
    }

    /// Keeps what was written, as NDJSON.
    private static final class Written implements RowShaper.Out, TransformChain.Out {
        final List<String> lines = new ArrayList<>();
        final List<TargetId> targets = new ArrayList<>();
        final List<RowOp> ops = new ArrayList<>();
        final List<Reject> refused = new ArrayList<>();
        long discarded;
        long added;
        private Optional<RowShaper> shaper = Optional.empty();

        void through(RowShaper to, RecordBatch batch, Transform... steps) {
            shaper = Optional.of(to);
            try (TransformChain chain = new TransformChain(Stream.of(steps)
                    .map(step -> new LabelledTransform("step", "", step))
                    .toList())) {
                chain.apply("page 1", batch, this);
            }
        }

        @Override
        public void transformed(RecordBatch batch, AsRead read) {
            shaper.orElseThrow().shape(new RowShaper.Origin("split", 1_000_000, read), batch, this);
        }

        @Override
        public void counted(long more, long filtered) {
            added += more;
        }

        @Override
        public void refuse(Reject reject, int rows) {
            counted(1L - rows, 0);
            refuse(reject);
        }

        @Override
        public void write(TargetId target, RecordBatch batch) {
            OutputBuffer out = new OutputBuffer();
            new NdjsonEncoder(batch.schema()).encode(batch, 0, batch.rows(), out);
            out.toString().lines().forEach(lines::add);
            targets.add(target);
            IntStream.range(0, batch.rows()).mapToObj(batch::op).forEach(ops::add);
        }

        @Override
        public void refuse(Reject reject) {
            refused.add(reject);
        }

        @Override
        public void discarded(long values) {
            discarded += values;
        }
    }
}
