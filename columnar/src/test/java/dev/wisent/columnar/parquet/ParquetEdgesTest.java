package dev.wisent.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetEdgesTest {
    private static final ParquetOptions PLAIN_PAGES = ParquetOptions.DEFAULT.withCompression(Compression.NONE);

    @TempDir
    Path folder;

    private Path file(Schema schema, ParquetOptions options, List<Object[]> rows) throws SQLException, IOException {
        Path file = folder.resolve("edge.parquet");
        Written.file(file, schema, options, rows);
        List<Map<String, Object>> expected =
                rows.stream().map(row -> Values.shown(schema, row)).toList();
        assertThat(StrictReader.rows(file, schema)).isEqualTo(expected);
        List<Map<String, Object>> canonical = rows.stream()
                .map(row -> Values.shown(schema, Nans.canonical(schema, row)))
                .toList();
        assertThat(DuckReader.rows(file, schema)).isEqualTo(canonical);
        Judged.bounds(file, schema, rows);
        return file;
    }

    private static List<Object[]> rows(int count, IntFunction<Object> value) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Object[] {value.apply(i)});
        }
        return rows;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ColumnChunkMetaData chunk(ParquetFileReader reader) {
        return reader.getFooter().getBlocks().getFirst().getColumns().getFirst();
    }

    private static byte[] page(Path file) throws IOException {
        try (ParquetFileReader reader = StrictReader.open(file)) {
            var column = reader.getFileMetaData().getSchema().getColumns().getFirst();
            DataPageV1 page =
                    (DataPageV1) reader.readNextRowGroup().getPageReader(column).readPage();
            assertThat(page.getValueEncoding()).isEqualTo(Encoding.RLE_DICTIONARY);
            return page.getBytes().toByteArray();
        }
    }

    @Test
    void indexes_into_a_dictionary_of_one_entry_are_a_run_with_its_header() throws Exception {
        Schema schema = Schema.of(Field.required("v", DataType.STRING));

        Path file = file(schema, PLAIN_PAGES, rows(5_000, i -> text("always the same")));

        // width 1; a run of 5,000, as a varint of 10,000; the index 0
        assertThat(page(file)).containsExactly(1, 0x90, 0x4E, 0);
    }

    @Test
    void a_dictionary_that_grows_too_large_midway_is_left_for_plain_pages() throws Exception {
        Schema schema = Schema.of(Field.nullable("v", DataType.STRING));
        ParquetOptions options = PLAIN_PAGES.withPages(2_000, 1 << 20);

        Path file = file(
                schema,
                options,
                rows(20_000, i -> i % 7 == 0 ? null : text(i < 3_000 ? "few " + i % 5 : "x".repeat(150) + i)));

        try (ParquetFileReader reader = StrictReader.open(file)) {
            assertThat(chunk(reader).getEncodings()).contains(Encoding.RLE_DICTIONARY, Encoding.PLAIN);
            assertThat(chunk(reader).getEncodingStats().getNumDataPagesEncodedAs(Encoding.RLE_DICTIONARY))
                    .isPositive();
            assertThat(chunk(reader).getEncodingStats().getNumDataPagesEncodedAs(Encoding.PLAIN))
                    .isPositive();
        }
    }

    @Test
    void a_column_of_distinct_values_gives_up_its_dictionary_with_the_first_page() throws Exception {
        Schema schema = Schema.of(Field.nullable("v", DataType.INT64));

        Path file = file(schema, PLAIN_PAGES.withPages(1_500, 1 << 20), rows(6_000, i -> (long) i * 7));

        try (ParquetFileReader reader = StrictReader.open(file)) {
            assertThat(chunk(reader).hasDictionaryPage()).isFalse();
            assertThat(chunk(reader).getEncodings()).doesNotContain(Encoding.RLE_DICTIONARY);
        }
    }

    @Test
    void null_empty_and_lists_of_null_differ() throws Exception {
        Schema schema = Schema.of(
                Field.nullable("a", new DataType.ListOf(new DataType.ListOf(DataType.INT32))),
                Field.nullable("b", new DataType.MapOf(DataType.STRING, DataType.STRING)),
                Field.required("c", new DataType.ListOf(DataType.STRING)));
        List<Object[]> rows = new ArrayList<>();
        rows.add(new Object[] {null, null, List.of()});
        rows.add(new Object[] {List.of(), List.of(), List.of(text(""))});
        rows.add(new Object[] {Arrays.asList((Object) null), List.of(), Arrays.asList((Object) null)});
        rows.add(new Object[] {
            Arrays.asList(List.of(), null, Arrays.asList((Object) null), Arrays.asList(1L, null, 2L)),
            List.of(new Object[] {text(""), null}, new Object[] {text("k"), text("v")}),
            List.of(text("x"), text("y"))
        });

        file(schema, ParquetOptions.DEFAULT.withPages(1, 1 << 20), rows);
        file(schema, ParquetOptions.DEFAULT, rows);
    }

    @Test
    void columns_of_nothing_but_null() throws Exception {
        Schema schema = Schema.of(
                Field.nullable("i", DataType.INT32),
                Field.nullable("s", DataType.STRING),
                Field.nullable("b", DataType.BOOL),
                Field.nullable("l", new DataType.ListOf(DataType.FLOAT64)));

        Path file = file(schema, ParquetOptions.DEFAULT.withPages(10, 1 << 20), nothing(25));

        try (ParquetFileReader reader = StrictReader.open(file)) {
            assertThat(chunk(reader).getStatistics().hasNonNullValue()).isFalse();
            assertThat(chunk(reader).getStatistics().getNumNulls()).isEqualTo(25);
        }
    }

    private static List<Object[]> nothing(int count) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Object[4]);
        }
        return rows;
    }

    @Test
    void nan_is_outside_the_bounds_and_zeros_have_the_covering_sign() throws Exception {
        Schema schema = Schema.of(Field.required("v", DataType.FLOAT64));
        double[] values = {0.0, Double.NaN, 3, -0.0, 2};

        ParquetFile written =
                Written.file(folder.resolve("summary"), schema, ParquetOptions.DEFAULT, rows(5, i -> values[i]));
        Path file = file(schema, ParquetOptions.DEFAULT, rows(5, i -> values[i]));

        ColumnSummary column = written.columns().getFirst();
        assertThat(column.nans()).isEqualTo(1);
        assertThat(column.bounds()).contains(new Bounds.Fraction(-0.0, 3));
        try (ParquetFileReader reader = StrictReader.open(file)) {
            assertThat(reader.readColumnIndex(chunk(reader))).isNotNull();
        }
    }

    @Test
    void a_page_of_nothing_but_nan_leaves_the_chunk_without_a_column_index() throws Exception {
        Schema schema = Schema.of(Field.required("v", DataType.FLOAT32));

        Path file = file(
                schema, ParquetOptions.DEFAULT.withPages(1, 1 << 20), rows(3, i -> i == 1 ? Double.NaN : (double) i));

        try (ParquetFileReader reader = StrictReader.open(file)) {
            assertThat(chunk(reader).getStatistics().hasNonNullValue()).isTrue();
            assertThat(reader.readOffsetIndex(chunk(reader))).isNotNull();
        }
    }

    @Test
    void long_bounds_are_cut_between_characters_and_say_so() throws Exception {
        Schema schema = Schema.of(Field.required("v", DataType.STRING));
        String shared = "a".repeat(62);
        List<String> values =
                List.of(shared + "\u20acz", shared + "\u20ac", shared + "z", "b".repeat(64), "b".repeat(63));

        Path file = file(schema, ParquetOptions.DEFAULT, rows(5, i -> text(values.get(i))));
        ColumnMetaData cut = metadata(file);
        assertThat(cut.getStatistics().getMin_value()).isEqualTo(text(shared + "z"));
        assertThat(cut.getStatistics().isIs_min_value_exact()).isTrue();
        assertThat(cut.getStatistics().getMax_value()).isEqualTo(text("b".repeat(64)));
        assertThat(cut.getStatistics().isIs_max_value_exact()).isTrue();

        file = file(schema, ParquetOptions.DEFAULT, rows(2, i -> text(values.get(i))));
        cut = metadata(file);
        assertThat(cut.getStatistics().getMin_value()).isEqualTo(text(shared));
        assertThat(cut.getStatistics().isIs_min_value_exact()).isFalse();
        assertThat(cut.getStatistics().getMax_value()).isEqualTo(text("a".repeat(61) + "b"));
        assertThat(cut.getStatistics().isIs_max_value_exact()).isFalse();
    }

    private static ColumnMetaData metadata(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getInt(bytes.length - 8);
        var footer = new java.io.ByteArrayInputStream(bytes, bytes.length - 8 - length, length);
        return Util.readFileMetaData(footer)
                .getRow_groups()
                .getFirst()
                .getColumns()
                .getFirst()
                .getMeta_data();
    }

    @Test
    void a_value_nothing_lies_above_has_no_bounds() throws Exception {
        byte[] top = new byte[70];
        Arrays.fill(top, (byte) -1);
        Path file = file(
                Schema.of(Field.required("v", DataType.BINARY)),
                ParquetOptions.DEFAULT,
                rows(2, i -> i == 0 ? top : new byte[1]));

        assertThat(metadata(file).getStatistics().isSetMax_value()).isFalse();
    }

    @Test
    void a_damaged_page_is_noticed_by_its_checksum() throws Exception {
        Schema schema = Schema.of(Field.required("v", DataType.STRING));
        Path file = file(schema, PLAIN_PAGES, rows(100, i -> text("value number " + i)));
        byte[] bytes = Files.readAllBytes(file);
        bytes[1_000] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> StrictReader.rows(file, schema)).hasStackTraceContaining("CRC");
    }

    @Test
    void an_encoder_writes_one_file_after_another_and_forgets_what_is_dropped() {
        Schema schema = new Generated(7).schema();
        RecordBatch batch = Values.batch(schema, new Generated(7).rows(3_000));
        try (ParquetEncoder encoder = new ParquetEncoder(schema, ParquetOptions.DEFAULT)) {
            OutputBuffer first = new OutputBuffer();
            encoder.encode(batch, 0, 3_000, first::put);
            assertThat(encoder.heldBytes()).isPositive();
            ParquetFile one = encoder.finish(first::put);
            assertThat(encoder.heldBytes()).isZero();
            encoder.encode(batch, 100, 900, (data, from, length) -> {});
            encoder.drop();
            assertThat(encoder.heldBytes()).isZero();
            OutputBuffer second = new OutputBuffer();
            encoder.encode(batch, 0, 1_000, second::put);
            encoder.encode(batch, 1_000, 3_000, second::put);
            ParquetFile two = encoder.finish(second::put);

            assertThat(one.bytes()).isEqualTo(first.length());
            assertThat(two.rows()).isEqualTo(one.rows());
            assertThat(second.length()).isBetween(first.length() - 200, first.length() + 200);
        }
    }

    @Test
    void a_row_group_ends_at_its_bytes() {
        Schema schema = Schema.of(Field.required("v", DataType.INT64));
        long limit = 200_000;
        RecordBatch batch = Values.batch(schema, rows(100_000, i -> (long) i * i * 31));
        try (ParquetEncoder encoder = new ParquetEncoder(
                schema, PLAIN_PAGES.withRowGroups(1_000_000, limit).withPages(500, 1 << 20))) {
            long most = 0;
            for (int row = 0; row < 100_000; row += 1_000) {
                encoder.encode(batch, row, row + 1_000, (data, from, length) -> {});
                most = Math.max(most, encoder.heldBytes());
            }
            assertThat(encoder.finish((data, from, length) -> {}).rowGroups()).isBetween(4, 8);
            assertThat(most).isLessThan(limit + 60_000);
        }
    }

    /// 40 MB of noise.
    @Test
    void a_row_group_nobody_gave_a_size_is_small_enough_to_be_held() {
        Schema schema = Schema.of(Field.required("v", DataType.BINARY));
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        RecordBatch batch = RecordBatch.of(schema);
        ((BytesColumn) batch.column(0)).append(noise);
        batch.endRow();
        try (ParquetEncoder encoder = new ParquetEncoder(schema, ParquetOptions.DEFAULT)) {
            for (int row = 0; row < 40; row++) {
                encoder.encode(batch, 0, 1, (data, from, length) -> {});
                assertThat(encoder.heldBytes()).isLessThan(17 << 20);
            }
            assertThat(encoder.finish((data, from, length) -> {}).rowGroups()).isEqualTo(3);
        }
    }

    @Test
    void what_parquet_has_no_form_for_is_refused_by_name() {
        Schema required = Schema.of(Field.required("must", DataType.INT64));
        RecordBatch batch = RecordBatch.of(required);
        batch.endRow();
        try (ParquetEncoder encoder = new ParquetEncoder(required, ParquetOptions.DEFAULT)) {
            assertThatThrownBy(() -> encoder.encode(batch, 0, 1, (data, from, length) -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must");
        }
        refused(Schema.of(), "columns");
        refused(Schema.of(Field.nullable("hollow", new DataType.Struct(List.of()))), "hollow");
        assertThatThrownBy(() -> new ParquetEncoder(
                        required, ParquetOptions.DEFAULT.withBloomFilters(java.util.Set.of("other"))))
                .hasMessageContaining("other");
    }

    private static void refused(Schema schema, String what) {
        assertThatThrownBy(() -> new ParquetEncoder(schema, ParquetOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what);
    }
}
