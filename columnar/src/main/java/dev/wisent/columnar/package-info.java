/// Records in columns, and the way from bytes to columns and back. A [RecordBatch] holds decoded rows as primitive arrays,
/// one [Column] per field of its [Schema]; decoders fill one reused batch, writers read it during the call that hands it
/// over, and nobody keeps it. Nothing here does I/O or starts a thread.
///
/// Start reading at [RecordBatch]; then [Decoders] and [RecordSink] for bytes to rows, [NdjsonEncoder] and [CsvEncoder] for
/// rows to bytes, [SchemaInference] for schemas from samples.
package dev.wisent.columnar;
