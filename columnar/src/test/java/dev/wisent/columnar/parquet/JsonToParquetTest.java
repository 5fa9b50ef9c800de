package dev.wisent.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.Decoders;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.columnar.ValueForm;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The whole way: generated values, as JSON that the JDK wrote, through our parser and our encoder, are what parquet-java and
/// DuckDB read, value by value. One seed again: `-Dparquet.first=<seed> -Dparquet.seeds=1`.
@Execution(ExecutionMode.CONCURRENT)
class JsonToParquetTest {
    private static final long FIRST = Long.getLong("parquet.first", 1);
    private static final int[] ROWS = {0, 1, 2, 9, 100, 1_000, 4_000};
    private static final int FED = 1_000;

    @TempDir
    Path folder;

    @Test
    void values_of_any_schema_written_as_json_are_what_both_readers_find() throws Exception {
        seeds(Long.getLong("parquet.seeds", ROWS.length));
    }

    @Tag("sweep")
    @Test
    void values_of_a_hundred_schemas_written_as_json_are_what_both_readers_find() throws Exception {
        seeds(Long.getLong("parquet.seeds", 100));
    }

    private void seeds(long count) throws Exception {
        Seen seen = new Seen();
        for (long seed = FIRST; seed < FIRST + count; seed++) {
            try {
                seed(seed, seen);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        if (count >= ROWS.length) {
            assertThat(seen.kinds).containsExactlyInAnyOrder(Seen.Kind.values());
        }
    }

    private void seed(long seed, Seen seen) throws Exception {
        Random random = new Random(seed);
        Generated generated = new Generated(random.nextLong());
        Schema schema = generated.schema();
        List<Object[]> rows = generated.rows(ROWS[(int) (seed % ROWS.length)]).stream()
                .map(row -> Nans.canonical(schema, row))
                .toList();
        seen.look(schema, rows);
        Path file = folder.resolve(seed + ".parquet");

        write(file, schema, forms(schema, random), options(random), rows.iterator()::next, rows.size(), random);

        compare(file, schema, () -> rows.iterator()::next, rows.size());
        Judged.bounds(file, schema, rows);
        Files.delete(file);
    }

    @Test
    void a_thousand_columns() throws Exception {
        List<DataType> types = List.of(
                DataType.INT64, DataType.STRING, DataType.FLOAT64, DataType.BOOL, DataType.TIMESTAMP, DataType.DATE);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            fields.add(Field.nullable("c" + i, types.get(i % types.size())));
        }
        Schema schema = Schema.of(fields);
        Generated generated = new Generated(23, schema);
        List<Object[]> rows = generated.rows(200).stream()
                .map(row -> Nans.canonical(schema, row))
                .toList();
        Path file = folder.resolve("columns.parquet");

        write(
                file,
                schema,
                ValueForm.ByColumn.STANDARD,
                ParquetOptions.DEFAULT.withRowGroups(120, 1 << 26),
                rows.iterator()::next,
                rows.size(),
                new Random(23));

        compare(file, schema, () -> rows.iterator()::next, rows.size());
        Judged.bounds(file, schema, rows);
    }

    @Tag("sweep")
    @Test
    void two_million_rows() throws Exception {
        int rows = 2_000_000;
        Schema schema = Schema.of(
                Field.required("id", DataType.INT64),
                Field.nullable("name", DataType.STRING),
                Field.nullable("amount", new DataType.Decimal(12, 2)),
                Field.nullable("at", DataType.TIMESTAMP),
                Field.nullable("ratio", DataType.FLOAT64),
                Field.nullable("tags", new DataType.ListOf(DataType.STRING)));
        Supplier<Supplier<Object[]>> again = () -> {
            Generated generated = new Generated(24, schema);
            return () -> Nans.canonical(schema, generated.next());
        };
        Path file = folder.resolve("rows.parquet");

        write(file, schema, ValueForm.ByColumn.STANDARD, ParquetOptions.DEFAULT, again.get(), rows, new Random(24));

        compare(file, schema, again, rows);
    }

    private static void write(
            Path file,
            Schema schema,
            ValueForm.ByColumn forms,
            ParquetOptions options,
            Supplier<Object[]> rows,
            int count,
            Random random)
            throws Exception {
        JsonLines lines = new JsonLines(random.nextLong(), schema, forms);
        ByteDecoder decoder = Decoders.ndjson(
                DecoderOptions.of(new StreamSchema(schema), Contract.EXPLICIT).withForms(forms));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ParquetEncoder encoder = new ParquetEncoder(schema, options)) {
            Encoding encoding = new Encoding(encoder, Written.sink(out));
            for (int row = 0; row < count; row++) {
                lines.append(rows.get());
                if (row % FED == FED - 1 || row == count - 1) {
                    byte[] json = lines.take();
                    for (int at = 0; at < json.length; ) {
                        int piece = Math.min(json.length - at, 1 + random.nextInt(1 << 16));
                        decoder.feed(json, at, piece, encoding);
                        at += piece;
                    }
                    if (random.nextInt(3) == 0) {
                        decoder.flush(encoding);
                    }
                }
            }
            decoder.end(encoding);
            assertThat(encoder.finish(Written.sink(out)).rows()).isEqualTo(count);
        }
    }

    private record Encoding(ParquetEncoder encoder, ByteSink out) implements RecordSink {
        @Override
        public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
            encoder.encode(batch, 0, batch.rows(), out);
        }

        @Override
        public void bad(BadRecord bad) {
            throw new AssertionError(bad.place() + ": " + bad.message());
        }
    }

    /// @param again begins with the first row, each time
    private static void compare(Path file, Schema schema, Supplier<Supplier<Object[]>> again, long rows)
            throws Exception {
        Comparing strict = new Comparing("parquet-java", schema, again.get());
        StrictReader.each(file, schema, FilterCompat.NOOP, strict);
        assertThat(strict.seen).isEqualTo(rows);
        Comparing duck = new Comparing("DuckDB", schema, again.get());
        DuckReader.each(file, schema, duck);
        assertThat(duck.seen).isEqualTo(rows);
    }

    private static final class Comparing implements Consumer<Map<String, Object>> {
        private final String reader;
        private final Schema schema;
        private final Supplier<Object[]> rows;
        private long seen;

        Comparing(String reader, Schema schema, Supplier<Object[]> rows) {
            this.reader = reader;
            this.schema = schema;
            this.rows = rows;
        }

        @Override
        public void accept(Map<String, Object> found) {
            Map<String, Object> expected = Values.shown(schema, rows.get());
            if (!found.equals(expected)) {
                assertThat(found.keySet()).isEqualTo(expected.keySet());
                expected.forEach((column, value) -> assertThat(found.get(column))
                        .as("%s in row %d of %s", column, seen, reader)
                        .isEqualTo(value));
            }
            seen++;
        }
    }

    private static ValueForm.ByColumn forms(Schema schema, Random random) {
        Map<String, ValueForm> forms = new HashMap<>();
        for (Field field : schema.fields()) {
            int unit = random.nextInt(ValueForm.Unit.values().length + 1);
            forms.put(
                    field.name(),
                    new ValueForm(
                            unit == 0 ? Optional.empty() : Optional.of(ValueForm.Unit.values()[unit - 1]),
                            random.nextBoolean() ? ValueForm.Encoding.HEX : ValueForm.Encoding.BASE64));
        }
        return new ValueForm.ByColumn(forms);
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
