package dev.wisent.connectors.transformduckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Texts are written where DuckDB reads them and read where it put them: short ones lie in its vectors, long ones beside.
class TextsTest {
    /// Stands for null.
    private static final String NULL = "\0";

    private static final int ROWS = 6_000;
    private static final int BATCHES = 6;
    private static final int LARGE = 9 << 20;

    @Test
    void texts_of_any_length_and_alphabet_come_back_from_every_batch() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        try (TransformStep step = new Sql(
                        "SELECT n, reverse(x) AS x, coalesce(x = substr(x || 'z', 1, length(x)), true) AS equal FROM batch WHERE n <> 7")
                .step()) {
            for (int round = 0; round < BATCHES; round++) {
                List<String> texts = texts(random, round);
                RecordBatch batch = RecordBatch.of(Rows.schema("n int64", "x string"));
                for (int i = 0; i < texts.size(); i++) {
                    ((LongColumn) batch.column(0)).append(i);
                    append(texts.get(i), batch.column(1));
                    batch.endRow();
                }

                Applied applied = step.apply(batch);

                BytesColumn back = (BytesColumn) applied.rows().column(1);
                assertThat(applied.rows().rows()).isEqualTo(texts.size() - 1);
                for (int row = 0; row < applied.rows().rows(); row++) {
                    String text = texts.get(row < 7 ? row : row + 1);
                    String came = back.isNull(row) ? NULL : reversed(back.string(row));
                    // a plain comparison: texts of megabytes are no message
                    assertThat(came.equals(text))
                            .as("seed %d, batch %d, row %d, %d letters", seed, round, row, text.length())
                            .isTrue();
                    assertThat(((LongColumn) applied.rows().column(2)).get(row))
                            .as("seed %d, batch %d, row %d: equal to one of DuckDB's own", seed, round, row)
                            .isEqualTo(1);
                }
            }
        }
    }

    private static void append(String text, Column to) {
        if (text.equals(NULL)) {
            to.appendNull();
        } else {
            ((BytesColumn) to).append(text);
        }
    }

    /// Every second batch is of ASCII alone, every third has a large text.
    private static List<String> texts(Random random, int round) {
        String letters = round % 2 == 0 ? "abcdefghijklmnopqrstuvwxyz" : "abcäöü€漢字xyz";
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(30); left > 0; left--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            texts.add(random.nextInt(20) == 0 ? NULL : text.toString());
        }
        if (round % 3 == 1) {
            texts.set(random.nextInt(8, ROWS), "large".repeat(LARGE / 5));
        }
        return texts;
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }
}
