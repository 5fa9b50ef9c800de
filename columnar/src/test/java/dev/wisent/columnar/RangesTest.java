package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangesTest {
    private static final int SEEDS = 60;

    /// Batches of few rows have columns without a null as often as such with one.
    @Test
    void ranges_of_rows_are_what_these_rows_are_one_by_one() {
        long first = Long.getLong("wisent.seed", 1);
        for (long seed = first; seed < first + SEEDS; seed++) {
            Random random = new Random(seed);
            RandomRows rows = new RandomRows(random);
            Schema schema = rows.schema();
            RecordBatch ranges = RecordBatch.of(schema);
            RecordBatch single = RecordBatch.of(schema);
            int count = 0;
            for (int piece = 0; piece < 40; piece++) {
                RecordBatch from = rows.batch(schema, 1 + random.nextInt(piece % 2 == 0 ? 4 : 200));
                int start = random.nextInt(from.rows());
                int length = random.nextInt(from.rows() - start + 1);
                for (int i = 0; i < schema.size(); i++) {
                    ranges.column(i).appendRange(from.column(i), start, length);
                    for (int row = start; row < start + length; row++) {
                        single.column(i).appendFrom(from.column(i), row);
                    }
                }
                count += length;
            }
            assertThat(text(ranges, schema, count)).as("seed %d", seed).isEqualTo(text(single, schema, count));
        }
    }

    private static String text(RecordBatch columns, Schema schema, int rows) {
        OutputBuffer out = new OutputBuffer();
        new NdjsonEncoder(schema).encode(RecordBatch.over(schema, columns.columns(), rows), 0, rows, out);
        return new String(out.copy(), StandardCharsets.UTF_8);
    }
}
