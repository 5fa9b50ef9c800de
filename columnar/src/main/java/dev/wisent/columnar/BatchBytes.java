package dev.wisent.columnar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Batches as bytes, to hand them to another process: everything a writer sees of a batch (schema, values, null, absent,
/// operations), and nothing of where its rows were read ([Numbering] and the wanted target stay behind).
///
/// [#write] and [#read] are each other's inverse. Nothing is compressed or checked for damage here: who stores the bytes does.
/// Bytes that nobody wrote here are an [IllegalArgumentException], and never take more memory than some times their length and
/// some batches.
public final class BatchBytes {
    private BatchBytes() {}

    /// How numbers and lengths lie in the bytes.
    public enum Layout {
        /// A number in eight bytes, a length in as many times seven bits as it needs. Nobody writes that any more; it waits in
        /// queues.
        PLAIN,
        /// As [PackedNumbers] says.
        PACKED
    }

    /// Appends `schema`.
    public static void writeSchema(Schema schema, OutputBuffer out) {
        Wire.number(out, schema.size());
        for (Field field : schema.fields()) {
            Wire.text(out, field.name());
            Wire.text(out, field.type().text());
            out.put(field.isNullable() ? 1 : 0);
        }
    }

    /// The schema that begins where `in` stands.
    public static Schema readSchema(WireReader in) {
        int size = in.count(3);
        Field[] fields = new Field[size];
        for (int i = 0; i < size; i++) {
            String name = in.text();
            DataType type = TypeParser.parse(in.text());
            fields[i] = in.next() == 1 ? Field.nullable(name, type) : Field.required(name, type);
        }
        return Schema.of(fields);
    }

    /// Appends the rows of `batch`, [Layout#PACKED]; its schema is written apart.
    public static void write(RecordBatch batch, OutputBuffer out) {
        Wire.number(out, batch.rows());
        out.put(batch.hasOps() ? 1 : 0);
        if (batch.hasOps()) {
            for (int row = 0; row < batch.rows(); row++) {
                out.put(batch.op(row).ordinal());
            }
        }
        for (Column column : batch.columns()) {
            column(column, out);
        }
    }

    /// The batch that begins where `in` stands, with rows of `schema`.
    public static RecordBatch read(Schema schema, WireReader in) {
        return read(RecordBatch.of(schema), in, Layout.PACKED);
    }

    /// The batch that begins where `in` stands, with rows of the schema of `into`. It is made of the columns of `into`, whose
    /// own rows are forgotten: it is valid until the next call with the same one.
    public static RecordBatch read(RecordBatch into, WireReader in, Layout layout) {
        into.clear();
        int rows = in.small();
        RowOp[] all = RowOp.values();
        RowOp[] ops = new RowOp[0];
        if (in.next() == 1) {
            ops = new RowOp[in.atMost(rows)];
            for (int row = 0; row < rows; row++) {
                int op = in.next();
                if (op >= all.length) {
                    throw new IllegalArgumentException("there is no operation " + op);
                }
                ops[row] = all[op];
            }
        }
        for (Column column : into.columns()) {
            read(column, in, layout);
            if (column.size() != rows) {
                throw new IllegalArgumentException("a column of " + column.size() + " rows in a batch of " + rows);
            }
        }
        return RecordBatch.over(into.schema(), into.columns(), rows).operate(ops);
    }

    private static void column(Column column, OutputBuffer out) {
        Wire.number(out, column.size());
        out.put(column.isComplete() ? 0 : 1);
        if (!column.isComplete()) {
            for (int row = 0; row < column.size(); row++) {
                out.put(column.isAbsent(row) ? 2 : column.isNull(row) ? 1 : 0);
            }
        }
        switch (column) {
            case LongColumn longs -> PackedNumbers.write(filled(longs), longs.size(), out);
            case DoubleColumn doubles -> {
                long[] bits = new long[doubles.size()];
                for (int row = 0; row < bits.length; row++) {
                    bits[row] = Double.doubleToRawLongBits(doubles.get(row));
                }
                PackedNumbers.write(bits, bits.length, out);
            }
            case BytesColumn bytes -> {
                PackedNumbers.writeLengths(bytes.offsets(), bytes.size(), out);
                out.put(bytes.data(), 0, bytes.end());
            }
            case StructColumn struct -> struct.children().forEach(child -> column(child, out));
            case ListColumn list -> {
                PackedNumbers.writeLengths(list.offsets(), list.size(), out);
                column(list.elements(), out);
            }
            case MapColumn map -> {
                PackedNumbers.writeLengths(map.offsets(), map.size(), out);
                column(map.keys(), out);
                column(map.values(), out);
            }
        }
    }

    /// The values of `longs`, with one that is there in the place of each that is missing: a 0 there would make all others
    /// wide.
    private static long[] filled(LongColumn longs) {
        if (longs.isComplete()) {
            return longs.array();
        }
        long[] values = Arrays.copyOf(longs.array(), longs.size());
        long there = 0;
        for (int row = values.length - 1; row >= 0; row--) {
            there = longs.isNull(row) ? there : values[row];
        }
        for (int row = 0; row < values.length; row++) {
            there = longs.isNull(row) ? there : values[row];
            values[row] = there;
        }
        return values;
    }

    /// Which rows of a column have no value.
    private record Missing(byte[] kinds) {
        boolean isNone() {
            return kinds.length == 0;
        }

        /// Appends null or absent to `column` if row `row` is; says whether it did.
        boolean append(Column column, int row) {
            int kind = kinds.length == 0 ? 0 : kinds[row];
            switch (kind) {
                case 0 -> {
                    return false;
                }
                case 1 -> column.appendNull();
                case 2 -> column.appendAbsent();
                default -> throw new IllegalArgumentException("a value is neither there nor missing: " + kind);
            }
            return true;
        }
    }

    private static void read(Column column, WireReader in, Layout layout) {
        int rows = in.small();
        Missing missing = new Missing(in.next() == 0 ? new byte[0] : in.bytes(rows));
        switch (column) {
            case LongColumn longs
            when layout == Layout.PACKED && missing.isNone() -> {
                int width = PackedNumbers.room(in, rows);
                PackedNumbers.read(in, rows, width, longs.ensure(rows), longs.size());
                longs.commit(rows);
            }
            case LongColumn longs -> {
                long[] values = numbers(rows, in, layout);
                for (int row = 0; row < rows; row++) {
                    if (!missing.append(longs, row)) {
                        longs.append(values[row]);
                    }
                }
            }
            case DoubleColumn doubles -> {
                long[] values = numbers(rows, in, layout);
                for (int row = 0; row < rows; row++) {
                    if (!missing.append(doubles, row)) {
                        doubles.append(Double.longBitsToDouble(values[row]));
                    }
                }
            }
            case BytesColumn bytes -> {
                int[] lengths = lengths(rows, in, layout);
                int start = in.skip(lengths);
                if (missing.isNone()) {
                    bytes.append(in.array(), start, lengths);
                    return;
                }
                for (int row = 0; row < rows; row++) {
                    if (!missing.append(bytes, row)) {
                        bytes.append(in.array(), start, lengths[row]);
                    }
                    start += lengths[row];
                }
            }
            case StructColumn struct -> {
                Column[] children = struct.children().stream()
                        .map(c -> part(c.type(), in, layout))
                        .toArray(Column[]::new);
                in.room(rows, children.length == 0 && missing.isNone());
                for (Column child : children) {
                    expect(child, rows);
                }
                for (int row = 0; row < rows; row++) {
                    if (!missing.append(struct, row)) {
                        for (int i = 0; i < children.length; i++) {
                            struct.children().get(i).appendFrom(children[i], row);
                        }
                        struct.endRow();
                    }
                }
            }
            case ListColumn list -> {
                int[] lengths = lengths(rows, in, layout);
                Column elements = part(list.elements().type(), in, layout);
                int at = 0;
                for (int row = 0; row < rows; row++) {
                    if (!missing.append(list, row)) {
                        at = append(elements, at, lengths[row], list.elements());
                        list.endRow();
                    }
                }
                expect(elements, at);
            }
            case MapColumn map -> {
                int[] lengths = lengths(rows, in, layout);
                Column keys = part(map.keys().type(), in, layout);
                Column values = part(map.values().type(), in, layout);
                int at = 0;
                for (int row = 0; row < rows; row++) {
                    if (!missing.append(map, row)) {
                        append(keys, at, lengths[row], map.keys());
                        at = append(values, at, lengths[row], map.values());
                        map.endRow();
                    }
                }
                expect(keys, at);
                expect(values, at);
            }
        }
    }

    private static int append(Column from, int at, int length, Column to) {
        if (from.size() - at < length) {
            throw new IllegalArgumentException("a list has more elements than there are");
        }
        for (int i = 0; i < length; i++) {
            to.appendFrom(from, at + i);
        }
        return at + length;
    }

    private static Column part(DataType type, WireReader in, Layout layout) {
        Column column = Column.of(type);
        read(column, in, layout);
        return column;
    }

    private static void expect(Column column, int rows) {
        if (column.size() != rows) {
            throw new IllegalArgumentException("a part of " + column.size() + " rows where " + rows + " belong");
        }
    }

    private static long[] numbers(int rows, WireReader in, Layout layout) {
        if (layout == Layout.PACKED) {
            int width = PackedNumbers.room(in, rows);
            long[] values = new long[rows];
            PackedNumbers.read(in, rows, width, values, 0);
            return values;
        }
        in.need(rows, Long.BYTES);
        long[] values = new long[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = in.fixed();
        }
        return values;
    }

    private static int[] lengths(int rows, WireReader in, Layout layout) {
        if (layout == Layout.PACKED) {
            return PackedNumbers.readLengths(in, rows);
        }
        int[] lengths = new int[in.atMost(rows)];
        for (int row = 0; row < rows; row++) {
            lengths[row] = in.small();
        }
        return lengths;
    }

    /// How numbers and texts are written.
    private static final class Wire {
        private Wire() {}

        /// Seven bits a byte, the low ones first.
        static void number(OutputBuffer out, int value) {
            int left = value;
            while ((left & ~0x7F) != 0) {
                out.put(left & 0x7F | 0x80);
                left >>>= 7;
            }
            out.put(left);
        }

        static void text(OutputBuffer out, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(out, bytes.length);
            out.put(bytes);
        }
    }

    /// Appends a number that is not negative, as [WireReader#small] reads it.
    public static void writeNumber(OutputBuffer out, int value) {
        Wire.number(out, value);
    }

    /// Appends a text, as [WireReader#text] reads it.
    public static void writeText(OutputBuffer out, String text) {
        Wire.text(out, text);
    }
}
