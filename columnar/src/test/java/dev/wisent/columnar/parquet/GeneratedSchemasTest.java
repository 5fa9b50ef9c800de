package dev.wisent.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.columnar.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written into files of generated schemas is what parquet-java and DuckDB read, value by value. One seed again:
/// `-Dparquet.first=<seed> -Dparquet.seeds=1`.
@Execution(ExecutionMode.CONCURRENT)
class GeneratedSchemasTest {
    private static final long FIRST = Long.getLong("parquet.first", 1);
    private static final long SEEDS = Long.getLong("parquet.seeds", 60);
    private static final int[] ROWS = {0, 1, 2, 9, 100, 1_000, 4_000};

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void both_readers_find_every_value(long seed) throws Exception {
        Random random = new Random(seed);
        Generated generated = new Generated(random.nextLong());
        Schema schema = generated.schema();
        List<Object[]> rows = generated.rows(ROWS[(int) (seed % ROWS.length)]);
        ParquetOptions options = options(random);
        Path file = folder.resolve("generated.parquet");

        ParquetFile written = Written.file(file, schema, options, rows, 1 + random.nextInt(700));

        assertThat(written.rows()).isEqualTo(rows.size());
        assertThat(written.bytes()).isEqualTo(Files.size(file));
        List<Map<String, Object>> expected = new ArrayList<>();
        rows.forEach(row -> expected.add(Values.shown(schema, row)));
        compare(StrictReader.rows(file, schema), expected, options);
        List<Map<String, Object>> canonical = new ArrayList<>();
        rows.forEach(row -> canonical.add(Values.shown(schema, Nans.canonical(schema, row))));
        compare(DuckReader.rows(file, schema), canonical, options);
        Judged.bounds(file, schema, rows);
    }

    private static void compare(
            List<Map<String, Object>> found, List<Map<String, Object>> expected, ParquetOptions options) {
        assertThat(found).as("rows, %s", options).hasSize(expected.size());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).as("row %d, %s", i, options).isEqualTo(expected.get(i));
        }
    }

    private static ParquetOptions options(Random random) {
        Compression[] all = Compression.values();
        return ParquetOptions.DEFAULT
                .withCompression(all[random.nextInt(all.length)])
                .withPages(1 + random.nextInt(1_500), random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(20_000))
                .withRowGroups(
                        random.nextBoolean() ? 100_000 : 1 + random.nextInt(2_000),
                        random.nextInt(4) > 0 ? 1 << 26 : 1 + random.nextInt(200_000));
    }
}
