package dev.wisent.columnar;

import dev.wisent.columnar.internal.text.NestedWriter;

/// Writes rows as NDJSON: one object a line, keys in schema order, absent columns left out, null as `null`. One thread.
///
/// Text of a `json` column is taken as it is, with line breaks replaced by spaces. `docs/reference/formats.md` has the form of
/// every type.
public final class NdjsonEncoder {
    private final Schema schema;
    private final NestedWriter.OfStruct row;

    public NdjsonEncoder(Schema schema) {
        this.schema = schema;
        this.row = new NestedWriter.OfStruct(schema.fields());
    }

    /// Appends rows `[fromRow, toRow)` of a batch of this encoder's schema.
    public void encode(RecordBatch batch, int fromRow, int toRow, OutputBuffer out) {
        if (!schema.equals(batch.schema())) {
            throw new IllegalArgumentException("a batch of another schema: " + batch.schema());
        }
        for (int i = fromRow; i < toRow; i++) {
            row.writeFields(batch.columns(), i, out);
            out.put('\n');
        }
    }
}
