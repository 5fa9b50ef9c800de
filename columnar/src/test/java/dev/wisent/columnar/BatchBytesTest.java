package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchBytesTest {
    private static final List<DataType> PLAIN = List.of(
            DataType.BOOL,
            DataType.INT8,
            DataType.INT64,
            DataType.FLOAT64,
            DataType.STRING,
            DataType.BINARY,
            DataType.DATE,
            DataType.TIMESTAMP,
            DataType.UUID,
            DataType.JSON,
            new DataType.Decimal(12, 2),
            new DataType.Decimal(38, 9));
    private static final DataType MAP = new DataType.MapOf(DataType.STRING, DataType.BOOL);

    @Test
    void any_batch_comes_back_as_it_was() {
        long seeds = Long.getLong("batch.seeds", 400);
        for (long seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            RecordBatch batch = batch(random);
            RecordBatch back = read(bytes(batch));
            assertThat(text(back)).as("seed %d", seed).isEqualTo(text(batch));
            assertThat(back.schema()).as("seed %d", seed).isEqualTo(batch.schema());
        }
    }

    @Test
    void a_batch_that_is_read_into_forgets_its_rows_and_damaged_ones_too() {
        for (long seed = 0; seed < Long.getLong("batch.seeds", 400); seed++) {
            Random random = new Random(seed);
            RecordBatch batch = batch(random);
            byte[] bytes = bytes(batch);
            WireReader in = new WireReader(bytes, 0, bytes.length);
            RecordBatch into = RecordBatch.of(BatchBytes.readSchema(in));
            int from = in.position();
            for (int length : new int[] {bytes.length, from + random.nextInt(bytes.length - from), bytes.length}) {
                try {
                    RecordBatch back =
                            BatchBytes.read(into, new WireReader(bytes, from, length - from), BatchBytes.Layout.PACKED);
                    assertThat(text(back)).as("seed %d", seed).isEqualTo(text(batch));
                } catch (IllegalArgumentException cut) {
                    assertThat(length).as("seed %d", seed).isLessThan(bytes.length);
                }
            }
        }
    }

    @Test
    void damaged_bytes_are_refused_or_read_but_never_break_anything() {
        long refused = 0;
        for (long seed = 0; seed < Long.getLong("batch.seeds", 400); seed++) {
            Random random = new Random(seed);
            byte[] bytes = bytes(batch(random));
            for (int i = 0; i < 20; i++) {
                byte[] damaged = random.nextInt(4) == 0
                        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))
                        : bytes.clone();
                for (int hits = 1 + random.nextInt(3); hits > 0 && damaged.length > 0; hits--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try {
                    read(damaged);
                } catch (IllegalArgumentException expected) {
                    refused++;
                } catch (RuntimeException | OutOfMemoryError e) {
                    fail("seed " + seed + ": " + e, e);
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void bytes_that_end_too_early_are_refused() {
        byte[] bytes = bytes(batch(new Random(7)));
        assertThatThrownBy(() -> read(java.util.Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Two of 10 bytes together, the first of -5.
    @Test
    void lengths_below_nothing_are_refused() {
        for (DataType type : List.of(DataType.STRING, new DataType.ListOf(DataType.BOOL), MAP)) {
            OutputBuffer out = new OutputBuffer();
            // rows, no operations; rows, none missing; 4 bytes for what a length is more than 5
            out.put(new byte[] {2, 0, 2, 0, 4, 10});
            out.put(new byte[] {-10, 10, -1, 0, -1, 0, -1, 0});
            out.put(new byte[10]);
            byte[] bytes = out.copy();

            assertThatThrownBy(() -> BatchBytes.read(
                            Schema.of(Field.required("f", type)), new WireReader(bytes, 0, bytes.length)))
                    .as(type.text())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a length of 5 and 4294967286 more");
        }
    }

    /// What the last version that wrote numbers plainly made of the batches of some seeds.
    @Test
    void rows_of_messages_of_version_2_are_read_as_they_were_written() throws Exception {
        try (InputStream lines = BatchBytesTest.class.getResourceAsStream("batches-of-message-2.txt")) {
            for (String line : new String(lines.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                String[] seedAndBytes = line.split(" ");
                byte[] bytes = HexFormat.of().parseHex(seedAndBytes[1]);
                WireReader in = new WireReader(bytes, 0, bytes.length);
                RecordBatch into = RecordBatch.of(BatchBytes.readSchema(in));

                RecordBatch back = BatchBytes.read(into, in, BatchBytes.Layout.PLAIN);

                RecordBatch batch = batch(new Random(Long.parseLong(seedAndBytes[0])));
                assertThat(text(back)).as(line).isEqualTo(text(batch));
                assertThat(in.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void numbers_take_as_many_bytes_as_they_are_apart_and_lengths_too() {
        RecordBatch batch = RecordBatch.of(
                Schema.of(Field.nullable("time", DataType.TIMESTAMP), Field.required("text", DataType.STRING)));
        for (int row = 0; row < 1_000; row++) {
            ((LongColumn) batch.column(0)).append(1_735_689_600_000_000L + row * 200);
            ((BytesColumn) batch.column(1)).append("same");
            batch.endRow();
        }
        assertThat(bytes(batch)).hasSizeBetween(3_000 + 4_000, 3_000 + 4_000 + 60);
        batch.column(0).appendNull();
        ((BytesColumn) batch.column(1)).append("more");
        batch.endRow();
        assertThat(bytes(batch)).as("a null is as wide as what is there").hasSizeLessThan(8_200);
        assertThat(text(read(bytes(batch)))).isEqualTo(text(batch));
    }

    @Test
    void numbers_that_are_as_far_apart_as_numbers_can_be_come_back() {
        RecordBatch batch = RecordBatch.of(Schema.of(Field.nullable("n", DataType.INT64)));
        for (long n : new long[] {Long.MAX_VALUE, 0, Long.MIN_VALUE, -1, 1L << 62}) {
            ((LongColumn) batch.column(0)).append(n);
            batch.endRow();
        }
        assertThat(text(read(bytes(batch)))).isEqualTo(text(batch));
    }

    @Test
    void a_list_of_more_equal_numbers_than_a_batch_has_rows_comes_back_and_no_bytes_name_as_many() {
        RecordBatch batch = RecordBatch.of(Schema.of(Field.nullable("l", new DataType.ListOf(DataType.INT64))));
        ListColumn list = (ListColumn) batch.column(0);
        for (int i = 0; i < 100_000; i++) {
            ((LongColumn) list.elements()).append(7);
        }
        list.endRow();
        batch.endRow();
        byte[] bytes = bytes(batch);
        assertThat(text(read(bytes))).isEqualTo(text(batch));

        byte[] named = java.util.Arrays.copyOf(bytes, bytes.length - 100_000);
        named[named.length - 2] = 0;
        assertThatThrownBy(() -> read(named)).hasMessage("100000 numbers of 0 bytes");
    }

    private static byte[] bytes(RecordBatch batch) {
        OutputBuffer out = new OutputBuffer();
        BatchBytes.writeSchema(batch.schema(), out);
        BatchBytes.write(batch, out);
        return out.copy();
    }

    private static RecordBatch read(byte[] bytes) {
        WireReader in = new WireReader(bytes, 0, bytes.length);
        RecordBatch batch = BatchBytes.read(BatchBytes.readSchema(in), in);
        if (!in.isAtEnd()) {
            throw new IllegalArgumentException("more follows");
        }
        return batch;
    }

    private static RecordBatch batch(Random random) {
        List<Field> fields = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            DataType type = type(random, 0);
            fields.add(random.nextBoolean() ? Field.nullable("f" + i, type) : Field.required("`f " + i, type));
        }
        RecordBatch batch = RecordBatch.of(Schema.of(fields));
        int rows = random.nextInt(40);
        boolean complete = random.nextInt(3) == 0;
        for (int row = 0; row < rows; row++) {
            batch.columns().forEach(column -> append(column, random, complete));
            batch.endRow();
        }
        if (random.nextBoolean()) {
            RowOp[] ops = new RowOp[rows];
            for (int row = 0; row < rows; row++) {
                ops[row] = RowOp.values()[random.nextInt(4)];
            }
            batch.operate(ops);
        }
        return batch;
    }

    private static DataType type(Random random, int depth) {
        return switch (depth < 3 ? random.nextInt(8) : 0) {
            case 1 ->
                new DataType.Struct(List.of(
                        Field.nullable("a b", type(random, depth + 1)), Field.required("c", type(random, depth + 1))));
            case 2 -> new DataType.ListOf(type(random, depth + 1));
            case 3 -> new DataType.MapOf(DataType.STRING, type(random, depth + 1));
            default -> PLAIN.get(random.nextInt(PLAIN.size()));
        };
    }

    private static void append(Column column, Random random, boolean complete) {
        int missing = complete ? 9 : random.nextInt(8);
        if (missing == 0) {
            column.appendNull();
        } else if (missing == 1) {
            column.appendAbsent();
        } else {
            switch (column) {
                case LongColumn longs -> longs.append(random.nextLong());
                case DoubleColumn doubles -> doubles.append(random.nextGaussian());
                case BytesColumn bytes -> {
                    byte[] value = new byte[random.nextInt(20)];
                    random.nextBytes(value);
                    bytes.append(value);
                }
                case StructColumn struct -> {
                    struct.children().forEach(child -> append(child, random, complete));
                    struct.endRow();
                }
                case ListColumn list -> {
                    for (int i = random.nextInt(4); i > 0; i--) {
                        append(list.elements(), random, complete);
                    }
                    list.endRow();
                }
                case MapColumn map -> {
                    for (int i = random.nextInt(4); i > 0; i--) {
                        append(map.keys(), random, true);
                        append(map.values(), random, complete);
                    }
                    map.endRow();
                }
            }
        }
    }

    private static String text(RecordBatch batch) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < batch.rows(); row++) {
            text.append(batch.op(row));
            for (Column column : batch.columns()) {
                text.append('|').append(text(column, row));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String text(Column column, int row) {
        if (column.isNull(row)) {
            return column.isAbsent(row) ? "absent" : "null";
        }
        return switch (column) {
            case LongColumn longs -> String.valueOf(longs.get(row));
            case DoubleColumn doubles -> String.valueOf(doubles.get(row));
            case BytesColumn bytes -> HexFormat.of().formatHex(bytes.copy(row));
            case StructColumn struct ->
                struct.children().stream()
                        .map(child -> text(child, row))
                        .toList()
                        .toString();
            case ListColumn list -> range(list.elements(), list.start(row), list.length(row));
            case MapColumn map ->
                range(map.keys(), map.start(row), map.length(row))
                        + range(map.values(), map.start(row), map.length(row));
        };
    }

    private static String range(Column column, int start, int length) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < length; i++) {
            text.append(text(column, start + i)).append(',');
        }
        return text.append(']').toString();
    }
}
