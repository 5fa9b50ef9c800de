package dev.wisent.engine.internal.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Reject;
import dev.wisent.api.source.RawRecords;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.LabelledTransform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Random chains of built-in transforms over random rows, against an oracle that takes one row after the other as JSON.
/// `-Dtransforms.seed=<seed>` plays one seed again.
@Execution(ExecutionMode.CONCURRENT)
class RandomTransformsTest {
    private static final int SEEDS = 500;
    private static final int MOST_ROWS = 40;
    private static final long FIRST = 1_000;

    /// What is to become of a row.
    ///
    /// @param step the number of the step that refuses it, from 1; 0: none does
    private record Fate(String read, Map<String, String> row, int step, RowOp op, long ordinal) {}

    @Test
    void rows_of_columns_become_what_an_oracle_makes_of_them_one_by_one() {
        seeds(RandomTransformsTest::columns);
    }

    @Test
    void schemaless_records_become_what_an_oracle_makes_of_them_one_by_one() {
        seeds(RandomTransformsTest::records);
    }

    private interface Trial {
        void play(Random random);
    }

    private static void seeds(Trial trial) {
        Long only = Long.getLong("transforms.seed");
        long base = only == null ? Long.getLong("wisent.seed", 1) : only;
        for (long seed = base; seed < base + (only == null ? SEEDS : 1); seed++) {
            try {
                trial.play(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": play it again with -Dtransforms.seed=" + seed, e);
            }
        }
    }

    private static void columns(Random random) {
        RandomTable table = new RandomTable(random);
        Schema schema = table.schema();
        Map<String, DataType> columns = new LinkedHashMap<>();
        schema.fields().forEach(field -> columns.put(field.name(), field.type()));
        List<OracleStep> steps = new ArrayList<>();
        List<Optional<Map<String, DataType>>> types = new ArrayList<>();
        plan(random, columns, steps).forEach(before -> types.add(Optional.of(before)));
        try (TransformChain chain = chain(steps)) {
            for (int batch = 0; batch < 3; batch++) {
                String[] lines = IntStream.range(0, random.nextInt(MOST_ROWS))
                        .mapToObj(i -> table.row(schema))
                        .toArray(String[]::new);
                RecordBatch rows = Rows.of(schema, lines).number(new Numbering.Counting(FIRST * batch));
                if (random.nextBoolean()) {
                    rows.operate(table.ops(lines.length));
                }
                rows.routeTo(random.nextBoolean() ? Optional.of("aside") : Optional.empty());
                judge(chain, steps, fates(Rows.through(rows).lines, rows, steps, types), rows);
            }
        }
    }

    private static void records(Random random) {
        RandomTable table = new RandomTable(random);
        Map<String, DataType> keys = new LinkedHashMap<>();
        IntStream.range(0, 5).forEach(i -> keys.put("c" + i, DataType.JSON));
        keys.put("c\"5", DataType.JSON);
        List<OracleStep> steps = new ArrayList<>();
        List<Optional<Map<String, DataType>>> types = new ArrayList<>();
        plan(random, keys, steps).forEach(before -> types.add(Optional.empty()));
        try (TransformChain chain = chain(steps)) {
            for (int batch = 0; batch < 3; batch++) {
                String[] lines = IntStream.range(0, random.nextInt(MOST_ROWS))
                        .mapToObj(i -> table.record())
                        .toArray(String[]::new);
                RecordBatch rows = Rows.raw(lines).number(new Numbering.Counting(FIRST * batch));
                judge(chain, steps, fates(List.of(lines), rows, steps, types), rows);
            }
        }
    }

    /// Fills `steps`, and says what columns each of them gets.
    private static List<Map<String, DataType>> plan(
            Random random, Map<String, DataType> columns, List<OracleStep> steps) {
        RandomSteps some = new RandomSteps(random);
        List<Map<String, DataType>> types = new ArrayList<>();
        Map<String, DataType> now = columns;
        for (int i = 0; i <= random.nextInt(4) && !now.isEmpty(); i++) {
            OracleStep step = some.next(now);
            steps.add(step);
            types.add(now);
            now = step.columns(now);
        }
        return types;
    }

    private static TransformChain chain(List<OracleStep> steps) {
        List<LabelledTransform> labelled = new ArrayList<>();
        steps.forEach(step -> labelled.add(new LabelledTransform("s" + (labelled.size() + 1), "", step.transform())));
        return new TransformChain(labelled);
    }

    private static List<Fate> fates(
            List<String> lines,
            RecordBatch batch,
            List<OracleStep> steps,
            List<Optional<Map<String, DataType>>> types) {
        List<Fate> fates = new ArrayList<>();
        for (int row = 0; row < lines.size(); row++) {
            String line = lines.get(row);
            Optional<Map<String, String>> now =
                    JsonText.isObject(line) ? Optional.of(JsonText.members(line)) : Optional.empty();
            int step = 0;
            while (now.isPresent() && step < steps.size()) {
                now = steps.get(step).row(now.get(), types.get(step));
                step++;
            }
            fates.add(new Fate(
                    line,
                    now.orElse(Map.of()),
                    now.isPresent() ? 0 : Math.max(1, step),
                    batch.op(row),
                    batch.numbering().ordinal(row)));
        }
        return fates;
    }

    private static void judge(TransformChain chain, List<OracleStep> steps, List<Fate> fates, RecordBatch batch) {
        Rows rows = new Rows();
        chain.apply("input", batch, rows);

        List<Fate> written = fates.stream().filter(fate -> fate.step() == 0).toList();
        List<Fate> refused = fates.stream().filter(fate -> fate.step() > 0).toList();
        assertThat(rows.rejects.stream()
                        .map(reject -> new String(reject.raw(), StandardCharsets.UTF_8) + place(reject)))
                .as("%s", steps)
                .containsExactlyInAnyOrderElementsOf(refused.stream()
                        .map(fate -> fate.read() + " input " + fate.ordinal() + " transform 's" + fate.step() + "'")
                        .toList());
        List<String> order =
                rows.last.schema().fields().stream().map(field -> field.name()).toList();
        boolean raw = batch.schema().equals(RawRecords.SCHEMA);
        for (int i = 0; i < Math.min(rows.lines.size(), written.size()); i++) {
            Fate fate = written.get(i);
            assertThat(rows.lines.get(i))
                    .as("%s of %s", steps, fate.read())
                    .isEqualTo(JsonText.object(raw ? fate.row() : ordered(fate.row(), order)));
        }
        if (!written.isEmpty()) {
            assertThat(IntStream.range(0, written.size()).mapToObj(rows.last::op))
                    .as("%s", steps)
                    .containsExactlyElementsOf(written.stream().map(Fate::op).toList());
            assertThat(rows.last.destinationId()).isEqualTo(batch.destinationId());
        }
        assertThat(rows.numbers)
                .containsExactlyElementsOf(
                        written.stream().map(fate -> fate.ordinal() + "/0/0").toList());
        assertThat(rows.added).isZero();
        assertThat(rows.filtered).isZero();
    }

    /// Steps that take JSON apart don't know their columns before; the oracle has only those with values.
    private static Map<String, String> ordered(Map<String, String> row, List<String> order) {
        Map<String, String> ordered = new LinkedHashMap<>();
        LinkedHashSet<String> names = new LinkedHashSet<>(order);
        names.addAll(row.keySet());
        names.stream().filter(row::containsKey).forEach(name -> ordered.put(name, row.get(name)));
        return ordered;
    }

    private static String place(Reject reject) {
        String message = reject.message();
        return " " + reject.where() + " " + reject.ordinal() + " " + message.substring(0, message.indexOf(':'));
    }
}
