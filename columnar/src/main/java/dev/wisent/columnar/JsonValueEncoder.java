package dev.wisent.columnar;

import dev.wisent.columnar.internal.text.ValueWriter;

/// Writes single values as JSON, in the form they have in NDJSON ([NdjsonEncoder]): for destinations that keep nested values
/// as JSON. One thread.
public final class JsonValueEncoder {
    private final ValueWriter writer;

    /// For columns of `type`.
    public JsonValueEncoder(DataType type) {
        writer = ValueWriter.json(type);
    }

    /// Appends the value in `row` of `column`, which is neither null nor absent.
    public void encode(Column column, int row, OutputBuffer out) {
        writer.write(column, row, out);
    }
}
