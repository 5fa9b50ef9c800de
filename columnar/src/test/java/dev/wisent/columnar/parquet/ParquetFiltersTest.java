package dev.wisent.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What readers skip by page index and bloom filters never hides a row.
class ParquetFiltersTest {
    @TempDir
    Path folder;

    @Test
    void parquet_java_skips_pages_by_the_index_and_loses_no_row() throws Exception {
        Schema schema = Schema.of(
                Field.required("id", DataType.INT64),
                Field.nullable("name", DataType.STRING),
                Field.nullable("tags", new DataType.ListOf(DataType.INT32)));
        List<Object[]> rows = new ArrayList<>();
        Random random = new Random(11);
        for (long i = 0; i < 20_000; i++) {
            List<Object> tags = new ArrayList<>();
            for (int t = random.nextInt(5); t > 0; t--) {
                tags.add((long) random.nextInt(9));
            }
            byte[] name = ("n" + i / 40 + "x".repeat(80)).getBytes(StandardCharsets.UTF_8);
            rows.add(new Object[] {i / 3, i % 11 == 0 ? null : name, i % 13 == 0 ? null : tags});
        }
        Path file = folder.resolve("sorted.parquet");
        Written.file(
                file, schema, ParquetOptions.DEFAULT.withPages(300, 1 << 20).withRowGroups(7_000, 1 << 26), rows, 999);

        check(file, schema, rows, FilterApi.eq(FilterApi.longColumn("id"), 1_234L), row -> (Long) row[0] == 1_234, 3);
        check(file, schema, rows, FilterApi.gt(FilterApi.longColumn("id"), 6_600L), row -> (Long) row[0] > 6_600, 197);
        Binary wanted = Binary.fromString("n77" + "x".repeat(80));
        check(
                file,
                schema,
                rows,
                FilterApi.eq(FilterApi.binaryColumn("name"), wanted),
                row -> row[1] != null
                        && Binary.fromConstantByteArray((byte[]) row[1]).equals(wanted),
                -1);
    }

    private static void check(
            Path file,
            Schema schema,
            List<Object[]> rows,
            FilterPredicate filter,
            java.util.function.Predicate<Object[]> same,
            int count)
            throws Exception {
        List<Map<String, Object>> found = new ArrayList<>();
        StrictReader.each(file, schema, FilterCompat.get(filter), found::add);
        List<Map<String, Object>> expected =
                rows.stream().filter(same).map(row -> Values.shown(schema, row)).toList();
        assertThat(found).isEqualTo(expected).isNotEmpty();
        if (count > 0) {
            assertThat(found).hasSize(count);
        }
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withRecordFilter(FilterCompat.get(filter))
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            assertThat(reader.getFilteredRecordCount()).isLessThan(count > 0 ? rows.size() / 10 : rows.size());
        }
    }

    @Test
    void bloom_filters_know_every_value_and_few_others() throws Exception {
        Schema schema = Schema.of(
                Field.nullable("i", DataType.INT32),
                Field.nullable("l", DataType.INT64),
                Field.nullable("f", DataType.FLOAT32),
                Field.nullable("d", DataType.FLOAT64),
                Field.nullable("s", DataType.STRING),
                Field.nullable("u", DataType.UUID),
                Field.nullable("few", DataType.STRING),
                Field.nullable("half", DataType.STRING),
                Field.nullable("list", new DataType.ListOf(DataType.INT64)));
        Random random = new Random(5);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            byte[] uuid = new byte[16];
            random.nextBytes(uuid);
            rows.add(new Object[] {
                (long) random.nextInt(),
                random.nextLong(),
                (double) random.nextFloat(),
                random.nextDouble(),
                text("x".repeat(random.nextInt(50)) + random.nextLong()),
                uuid,
                text("few" + random.nextInt(20)),
                // a dictionary at first, plain after it has grown too large
                i % 5 == 0 ? null : text(i < 1_000 ? "few" + i % 7 : "y".repeat(400) + i),
                List.of((long) i, random.nextLong())
            });
        }
        Path file = folder.resolve("bloom.parquet");
        Set<String> columns = Set.of("i", "l", "f", "d", "s", "u", "few", "half", "list.list.element");
        ParquetOptions options = ParquetOptions.DEFAULT
                .withBloomFilters(columns)
                .withPages(500, 1 << 20)
                .withRowGroups(4_000, 1 << 26);
        Written.file(file, schema, options, rows, 700);

        assertThat(StrictReader.rows(file, schema))
                .isEqualTo(rows.stream().map(r -> Values.shown(schema, r)).toList());
        try (ParquetFileReader reader = StrictReader.open(file)) {
            int first = 0;
            for (BlockMetaData block : reader.getFooter().getBlocks()) {
                for (int column = 0; column < schema.size(); column++) {
                    ColumnChunkMetaData chunk = block.getColumns().get(column);
                    BloomFilter filter = reader.readBloomFilter(chunk);
                    for (Object[] row : rows.subList(first, first + (int) block.getRowCount())) {
                        for (Object value :
                                row[column] instanceof List<?> list ? list : java.util.Arrays.asList(row[column])) {
                            assertThat(value == null
                                            || filter.findHash(hash(
                                                    filter, schema.field(column).type(), value)))
                                    .as("%s in %s", value, chunk.getPath())
                                    .isTrue();
                        }
                    }
                    int wrong = 0;
                    for (int i = 0; i < 10_000; i++) {
                        wrong += filter.findHash(random.nextLong()) ? 1 : 0;
                    }
                    assertThat(wrong).isLessThan(300);
                }
                first += (int) block.getRowCount();
            }
        }
    }

    private static long hash(BloomFilter filter, DataType type, Object value) {
        return switch (value) {
            case byte[] bytes -> filter.hash(Binary.fromConstantByteArray(bytes));
            case Double d when type.equals(DataType.FLOAT32) -> filter.hash(d.floatValue());
            case Double d -> filter.hash(d.doubleValue());
            case Long l when type.equals(DataType.INT32) -> filter.hash(l.intValue());
            default -> filter.hash(((Long) value).longValue());
        };
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
