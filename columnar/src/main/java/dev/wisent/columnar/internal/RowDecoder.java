package dev.wisent.columnar.internal;

/// Decodes one record into the columns of the batch it is bound to. What does not fit the schema it notes in the [Drift].
public interface RowDecoder {
    /// Appends the record in `[from, to)`, as a [RecordHandler] gets it; the caller ends or cancels the row.
    /// Throws [DecodeFailure] when it is no record.
    void decode(byte[] bytes, int from, int to);
}
