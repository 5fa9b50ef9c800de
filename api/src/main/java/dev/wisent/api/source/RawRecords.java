package dev.wisent.api.source;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;

/// The columns a schemaless stream's decoder fills; the engine adds the envelope around them.
public final class RawRecords {
    /// The record as JSON.
    public static final int DATA = 0;
    /// When the source says it came about; null: it doesn't say.
    public static final int TIMESTAMP = 1;

    public static final Schema SCHEMA = Schema.of(
            Field.required("source_data", DataType.JSON), Field.nullable("source_timestamp", DataType.TIMESTAMP));

    private RawRecords() {}
}
