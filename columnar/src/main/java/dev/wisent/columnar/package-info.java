/// Records in columns. A [RecordBatch] holds decoded rows as primitive arrays, one [Column] per field of its [Schema];
/// decoders fill one
/// reused batch, writers read it during the call that hands it over, and nobody keeps it. Nothing here does I/O or
/// starts a thread.
/// Start reading at [RecordBatch].
package dev.wisent.columnar;
