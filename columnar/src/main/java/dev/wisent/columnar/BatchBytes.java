package dev.wisent.columnar;

import java.nio.charset.StandardCharsets;

/// Batches as bytes, to hand them to another process: everything a writer sees of a batch (schema, values, null, absent,
/// operations), and nothing of where its rows were read ([Numbering] and the wanted target stay behind).
///
/// [#write] and [#read] are each other's inverse. Nothing is compressed or checked for damage here: who stores the bytes does.
/// Bytes that nobody wrote here are an [IllegalArgumentException], and never take more memory than some times their length.
public final class BatchBytes {
    private BatchBytes() {}

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

    /// Appends the rows of `batch`; its schema is written apart.
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
        return read(RecordBatch.of(schema), in);
    }

    /// The batch that begins where `in` stands, with rows of the schema of `into`. It is made of the columns of `into`, whose
    /// own rows are forgotten: it is valid until the next call with the same one.
    public static RecordBatch read(RecordBatch into, WireReader in) {
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
            read(column, in);
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
            case LongColumn longs -> {
                for (int row = 0; row < longs.size(); row++) {
                    Wire.fixed(out, longs.get(row));
                }
            }
            case DoubleColumn doubles -> {
                for (int row = 0; row < doubles.size(); row++) {
                    Wire.fixed(out, Double.doubleToRawLongBits(doubles.get(row)));
                }
            }
            case BytesColumn bytes -> {
                for (int row = 0; row < bytes.size(); row++) {
                    Wire.number(out, bytes.length(row));
                }
                out.put(bytes.data(), 0, bytes.end());
            }
            case StructColumn struct -> struct.children().forEach(child -> column(child, out));
            case ListColumn list -> {
                for (int row = 0; row < list.size(); row++) {
                    Wire.number(out, list.length(row));
                }
                column(list.elements(), out);
            }
            case MapColumn map -> {
                for (int row = 0; row < map.size(); row++) {
                    Wire.number(out, map.length(row));
                }
                column(map.keys(), out);
                column(map.values(), out);
            }
        }
    }

    /// Which rows of a column have no value.
    private record Missing(byte[] kinds) {
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

    private static void read(Column column, WireReader in) {
        int rows = in.small();
        Missing missing = new Missing(in.next() == 0 ? new byte[0] : in.bytes(rows));
        switch (column) {
            case LongColumn longs -> {
                in.need(rows, Long.BYTES);
                for (int row = 0; row < rows; row++) {
                    long value = in.fixed();
                    if (!missing.append(longs, row)) {
                        longs.append(value);
                    }
                }
            }
            case DoubleColumn doubles -> {
                in.need(rows, Long.BYTES);
                for (int row = 0; row < rows; row++) {
                    double value = Double.longBitsToDouble(in.fixed());
                    if (!missing.append(doubles, row)) {
                        doubles.append(value);
                    }
                }
            }
            case BytesColumn bytes -> {
                int[] lengths = lengths(rows, in);
                for (int row = 0; row < rows; row++) {
                    int start = in.skip(lengths[row]);
                    if (!missing.append(bytes, row)) {
                        bytes.append(in.array(), start, lengths[row]);
                    }
                }
            }
            case StructColumn struct -> {
                Column[] children =
                        struct.children().stream().map(c -> part(c.type(), in)).toArray(Column[]::new);
                in.room(rows, children.length == 0 && missing.kinds().length == 0);
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
                int[] lengths = lengths(rows, in);
                Column elements = part(list.elements().type(), in);
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
                int[] lengths = lengths(rows, in);
                Column keys = part(map.keys().type(), in);
                Column values = part(map.values().type(), in);
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

    private static Column part(DataType type, WireReader in) {
        Column column = Column.of(type);
        read(column, in);
        return column;
    }

    private static void expect(Column column, int rows) {
        if (column.size() != rows) {
            throw new IllegalArgumentException("a part of " + column.size() + " rows where " + rows + " belong");
        }
    }

    private static int[] lengths(int rows, WireReader in) {
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

        static void fixed(OutputBuffer out, long value) {
            byte[] bytes = out.ensure(Long.BYTES);
            WireReader.LONGS.set(bytes, out.length(), value);
            out.commit(out.length() + Long.BYTES);
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
