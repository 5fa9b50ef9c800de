package dev.wisent.connectors.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.parquet.ParquetOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetPartsTest {
    @TempDir
    Path folder;

    @Test
    void each_flush_makes_a_whole_file_with_the_rows_since_the_last_one() {
        Path out = folder.resolve("parquet");
        Run run = Run.in(out).claimed();
        try (LaneWriter writer = run.open()) {
            writer.target(Run.TARGET, Run.SCHEMA).write(Run.batch(Run.SCHEMA, "a", "b"));
            List<Fragment> first = writer.flush().fragments().join();
            writer.target(Run.TARGET, Run.SCHEMA).write(Run.batch(Run.SCHEMA, "dropped"));
            writer.drop();
            assertThat(writer.heldBytes()).isZero();
            writer.target(Run.TARGET, Run.SCHEMA).write(Run.batch(Run.SCHEMA, "c"));
            List<Fragment> second = writer.flush().fragments().join();

            assertThat(first).extracting(Fragment::rows).containsExactly(2L);
            assertThat(second).extracting(Fragment::rows).containsExactly(1L);
            run.expectCommitted(run.data(GenerationId.FIRST, first));
            run.expectCommitted(run.data(GenerationId.FIRST, second));
        }
        assertThat(Seen.rows(out)).containsExactly("a", "b", "c");
        assertThat(Seen.names(out))
                .filteredOn(name -> name.endsWith(".parquet"))
                .hasSize(2);
    }

    @Test
    void rows_of_another_schema_get_a_file_of_their_own() {
        Path out = folder.resolve("parquet");
        Run run = Run.in(out).claimed();
        Schema wider = Schema.of(Field.required("v", DataType.STRING), Field.nullable("w", DataType.STRING));
        try (LaneWriter writer = run.open()) {
            writer.target(Run.TARGET, Run.SCHEMA).write(Run.batch(Run.SCHEMA, "a"));
            writer.target(Run.TARGET, wider).write(Run.batch(wider, "b"));
            run.expectCommitted(
                    run.data(GenerationId.FIRST, writer.flush().fragments().join()));
        }
        assertThat(Seen.rows(out)).containsExactly("a", "b");
        assertThat(Seen.names(out))
                .filteredOn(name -> name.endsWith(".parquet"))
                .hasSize(2);
    }

    @Test
    void a_part_ends_at_the_buffer_size_and_a_row_group_at_its_rows() {
        Path out = folder.resolve("parquet");
        FileOptions standard = Run.options(out, Format.PARQUET, 9);
        long limit = 2 << 20;
        Run run = new Run(new FileDestination(new FileOptions(
                standard.layout(),
                Format.PARQUET,
                standard.csv(),
                ParquetOptions.DEFAULT.withRowGroups(1_000, 1 << 26),
                limit,
                "test",
                Run.TARGET,
                9)));
        run.claimed();
        Random random = new Random(4);
        List<String> expected = new ArrayList<>();
        try (LaneWriter writer = run.open()) {
            for (int batch = 0; batch < 10; batch++) {
                RecordBatch rows = RecordBatch.of(Run.SCHEMA);
                for (int i = 0; i < 1_500; i++) {
                    String text = Long.toHexString(random.nextLong()) + "-" + random.nextLong()
                            + random.doubles(30).boxed().toList() + random.nextLong() + random.nextLong()
                            + random.nextLong();
                    expected.add(text);
                    ((BytesColumn) rows.column(0)).append(text);
                    rows.endRow();
                }
                writer.target(Run.TARGET, Run.SCHEMA).write(rows);
                assertThat(writer.heldBytes()).isLessThan(2 * limit);
            }
            List<Fragment> fragments = writer.flush().fragments().join();
            assertThat(fragments.size()).isGreaterThan(1);
            run.expectCommitted(run.data(GenerationId.FIRST, fragments));
        }
        assertThat(Seen.rows(out)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void a_schema_parquet_has_no_form_for_is_refused_by_the_columns_name() {
        Run run = Run.in(folder.resolve("parquet")).claimed();
        Schema empty = Schema.of(Field.nullable("nothing", new DataType.Struct(List.of())));

        assertThatThrownBy(() -> run.open().target(Run.TARGET, empty))
                .isInstanceOfSatisfying(WisentException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_REFUSED);
                    assertThat(e.getMessage()).contains("nothing");
                });
    }
}
