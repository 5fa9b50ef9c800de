package dev.wisent.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/// Compares the bounds and null counts of chunks and pages, as parquet-java reads them, with the values themselves.
final class Judged {
    private Judged() {}

    /// A leaf column's values in a row range.
    private record Leaf(DataType type, List<Object> values, int nulls) {}

    static void bounds(Path file, Schema schema, List<Object[]> rows) throws IOException {
        try (ParquetFileReader reader = StrictReader.open(file)) {
            int first = 0;
            for (BlockMetaData block : reader.getFooter().getBlocks()) {
                int end = first + (int) block.getRowCount();
                for (int i = 0; i < block.getColumns().size(); i++) {
                    ColumnChunkMetaData chunk = block.getColumns().get(i);
                    chunk(chunk, leaf(schema, rows.subList(first, end), i));
                    pages(reader, chunk, schema, rows.subList(first, end), i);
                }
                first = end;
            }
            assertThat(first).isEqualTo(rows.size());
        }
    }

    private static void chunk(ColumnChunkMetaData chunk, Leaf leaf) {
        Statistics<?> found = chunk.getStatistics();
        assertThat(found.getNumNulls()).as("nulls of %s", chunk.getPath()).isEqualTo(leaf.nulls());
        assertThat(chunk.getValueCount()).isEqualTo(leaf.nulls() + leaf.values().size());
        if (found.hasNonNullValue()) {
            check(chunk, leaf, found.getMinBytes(), found.getMaxBytes());
        } else {
            assertThat(mayLackBounds(leaf)).as("bounds of %s", chunk.getPath()).isTrue();
        }
    }

    private static void pages(
            ParquetFileReader reader, ColumnChunkMetaData chunk, Schema schema, List<Object[]> rows, int column)
            throws IOException {
        OffsetIndex offsets = reader.readOffsetIndex(chunk);
        ColumnIndex index = reader.readColumnIndex(chunk);
        List<Leaf> leaves = new ArrayList<>();
        for (int page = 0; page < offsets.getPageCount(); page++) {
            int from = (int) offsets.getFirstRowIndex(page);
            int to = (int) offsets.getLastRowIndex(page, rows.size()) + 1;
            leaves.add(leaf(schema, rows.subList(from, to), column));
        }
        if (index == null) {
            assertThat(leaves.stream().anyMatch(l -> !l.values().isEmpty() && mayLackBounds(l)))
                    .as("column index of %s", chunk.getPath())
                    .isTrue();
            return;
        }
        for (int page = 0; page < leaves.size(); page++) {
            Leaf leaf = leaves.get(page);
            assertThat(index.getNullCounts().get(page)).isEqualTo(leaf.nulls());
            assertThat(index.getNullPages().get(page)).isEqualTo(leaf.values().isEmpty());
            if (!leaf.values().isEmpty()) {
                check(
                        chunk,
                        leaf,
                        bytes(index.getMinValues().get(page)),
                        bytes(index.getMaxValues().get(page)));
            }
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /// Without a value that can be ordered, or with one that nothing of 64 bytes lies above.
    private static boolean mayLackBounds(Leaf leaf) {
        return leaf.values().stream().allMatch(v -> v instanceof Double d && d.isNaN())
                || leaf.values().stream().anyMatch(v -> v instanceof byte[] b && b.length > 64 && isTop(b));
    }

    private static boolean isTop(byte[] value) {
        byte[] top = new byte[64];
        Arrays.fill(top, (byte) -1);
        String last = "\udbff\udfff".repeat(16);
        return Arrays.equals(Arrays.copyOf(value, 64), top)
                || Arrays.equals(Arrays.copyOf(value, 64), last.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void check(ColumnChunkMetaData chunk, Leaf leaf, byte[] min, byte[] max) {
        Comparator<Object> order = order(leaf.type());
        List<Object> ordered = leaf.values().stream()
                .filter(v -> !(v instanceof Double d && d.isNaN()))
                .sorted(order)
                .toList();
        assertThat(ordered).as("values of %s", chunk.getPath()).isNotEmpty();
        Object least = value(leaf.type(), min);
        Object greatest = value(leaf.type(), max);
        boolean cut = leaf.values().getFirst() instanceof byte[];
        int low = order.compare(least, ordered.getFirst());
        int high = order.compare(greatest, ordered.getLast());
        if (cut && size(ordered.getFirst()) > 64) {
            assertThat(low).isLessThanOrEqualTo(0);
            assertThat(min.length).isBetween(61, 64);
        } else {
            assertThat(low).as("min of %s", chunk.getPath()).isZero();
        }
        if (cut && size(ordered.getLast()) > 64) {
            assertThat(high).isPositive();
        } else {
            assertThat(high).as("max of %s", chunk.getPath()).isZero();
        }
        if (leaf.type() instanceof DataType.Float && ((Double) least) == 0) {
            assertThat(1 / (Double) least).isNegative();
        }
        if (leaf.type() instanceof DataType.Float && ((Double) greatest) == 0) {
            assertThat(1 / (Double) greatest).isPositive();
        }
    }

    private static int size(Object value) {
        return ((byte[]) value).length;
    }

    private static Object value(DataType type, byte[] plain) {
        ByteBuffer buffer = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case DataType.Bool() -> (long) plain[0];
            case DataType.Float(int bits) -> bits == 32 ? (double) buffer.getFloat() : buffer.getDouble();
            case DataType.Decimal(int p, int s) when p > 18 -> plain;
            case DataType.Text() -> plain;
            case DataType.Json() -> plain;
            case DataType.Binary() -> plain;
            case DataType.Uuid() -> plain;
            default -> plain.length == 4 ? (long) buffer.getInt() : buffer.getLong();
        };
    }

    private static Comparator<Object> order(DataType type) {
        return switch (type) {
            // -0.0 and 0.0 are the same number
            case DataType.Float f -> (a, b) -> Double.compare((Double) a + 0.0, (Double) b + 0.0);
            case DataType.Decimal(int p, int s) when p > 18 -> Comparator.comparing(v -> new BigInteger((byte[]) v));
            default ->
                (a, b) -> a instanceof byte[] bytes
                        ? Arrays.compareUnsigned(bytes, (byte[]) b)
                        : Long.compare((Long) a, (Long) b);
        };
    }

    /// The values of leaf column `index` in `rows`; what has no value, at whatever level, is a null.
    private static Leaf leaf(Schema schema, List<Object[]> rows, int index) {
        List<Object> values = new ArrayList<>();
        int[] nulls = {0};
        DataType[] type = new DataType[1];
        int at = 0;
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            int width = width(field.type());
            if (index < at + width) {
                type[0] = type(field.type(), index - at);
                for (Object[] row : rows) {
                    collect(field.type(), row[i], index - at, values, nulls);
                }
                break;
            }
            at += width;
        }
        return new Leaf(type[0], values, nulls[0]);
    }

    private static List<DataType> children(DataType type) {
        return switch (type) {
            case DataType.Struct(List<Field> fields) ->
                fields.stream().map(Field::type).toList();
            case DataType.ListOf(DataType element) -> List.of(element);
            case DataType.MapOf(DataType key, DataType value) -> List.of(key, value);
            default -> List.of();
        };
    }

    private static int width(DataType type) {
        List<DataType> children = children(type);
        return children.isEmpty()
                ? 1
                : children.stream().mapToInt(Judged::width).sum();
    }

    private static DataType type(DataType type, int index) {
        int at = index;
        for (DataType child : children(type)) {
            if (at < width(child)) {
                return type(child, at);
            }
            at -= width(child);
        }
        return type;
    }

    private static void collect(DataType type, Object value, int index, List<Object> values, int[] nulls) {
        if (value == null || (value instanceof List<?> list && list.isEmpty())) {
            nulls[0]++;
            return;
        }
        List<DataType> children = children(type);
        if (children.isEmpty()) {
            values.add(value);
            return;
        }
        int child = 0;
        int at = index;
        while (at >= width(children.get(child))) {
            at -= width(children.get(child++));
        }
        if (value instanceof Object[] struct) {
            collect(children.get(child), struct[child], at, values, nulls);
            return;
        }
        for (Object element : (List<?>) value) {
            Object part = type instanceof DataType.MapOf ? ((Object[]) element)[child] : element;
            collect(children.get(child), part, at, values, nulls);
        }
    }
}
