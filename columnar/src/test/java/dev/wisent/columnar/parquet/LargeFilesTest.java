package dev.wisent.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class LargeFilesTest {
    private static final int BATCH = 25_000;

    @TempDir
    Path folder;

    /// Four row groups.
    @Test
    void four_hundred_thousand_rows() throws Exception {
        areReadAsWritten(400_000);
    }

    @Tag("sweep")
    @Test
    void two_million_rows() throws Exception {
        areReadAsWritten(2_000_000);
    }

    private void areReadAsWritten(int rows) throws Exception {
        Schema schema = Schema.of(
                Field.required("id", DataType.INT64),
                Field.nullable("name", DataType.STRING),
                Field.nullable("amount", new DataType.Decimal(12, 2)),
                Field.nullable("ratio", DataType.FLOAT64));
        Path file = folder.resolve("rows.parquet");
        Generated written = new Generated(21, schema);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ParquetEncoder encoder = new ParquetEncoder(schema, ParquetOptions.DEFAULT)) {
            RecordBatch batch = RecordBatch.of(schema);
            for (int row = 0; row < rows; row += batch.rows()) {
                batch.clear();
                for (int i = 0; i < BATCH; i++) {
                    Values.append(batch, written.next());
                }
                encoder.encode(batch, 0, batch.rows(), Written.sink(out));
            }
            assertThat(encoder.finish(Written.sink(out)).rows()).isEqualTo(rows);
        }

        Generated again = new Generated(21, schema);
        int[] seen = {0};
        StrictReader.each(file, schema, FilterCompat.NOOP, row -> {
            if (!row.equals(Values.shown(schema, again.next()))) {
                throw new AssertionError("row " + seen[0] + ": " + row);
            }
            seen[0]++;
        });
        assertThat(seen[0]).isEqualTo(rows);
        Generated third = new Generated(21, schema);
        int[] compared = {0};
        DuckReader.each(file, schema, row -> {
            Map<String, Object> expected = Values.shown(schema, Nans.canonical(schema, third.next()));
            if (!row.equals(expected)) {
                throw new AssertionError("row " + compared[0] + ": " + row + " instead of " + expected);
            }
            compared[0]++;
        });
        assertThat(compared[0]).isEqualTo(rows);
    }

    @Test
    void a_thousand_columns() throws Exception {
        List<Field> fields = new ArrayList<>();
        List<DataType> types =
                List.of(DataType.INT64, DataType.STRING, DataType.FLOAT64, DataType.BOOL, DataType.TIMESTAMP);
        for (int i = 0; i < 1_000; i++) {
            fields.add(Field.nullable("c" + i, types.get(i % types.size())));
        }
        Schema schema = Schema.of(fields);
        List<Object[]> rows = new Generated(22, schema).rows(300);
        Path file = folder.resolve("columns.parquet");

        Written.file(file, schema, ParquetOptions.DEFAULT.withRowGroups(120, 1 << 26), rows, 50);

        assertThat(StrictReader.rows(file, schema))
                .isEqualTo(rows.stream().map(row -> Values.shown(schema, row)).toList());
        assertThat(DuckReader.rows(file, schema))
                .isEqualTo(rows.stream()
                        .map(row -> Values.shown(schema, Nans.canonical(schema, row)))
                        .toList());
        Judged.bounds(file, schema, rows);
    }
}
