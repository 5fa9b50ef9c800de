package dev.wisent.columnar.internal;

/// Decodes one record into the columns of the batch it is bound to. What does not fit the schema it notes in the [Drift].
public interface RowDecoder {
    /// Appends the record in `[from, to)`, as a [RecordHandler] gets it; the caller ends or cancels the row.
    /// Throws [DecodeFailure] when it is no record.
    void decode(byte[] bytes, int from, int to);

    /// Appends the record that begins at `from` and ends at the next line feed, without that being looked for first, and
    /// returns where it ends; a negative number, with whatever it began to append, when it has to be decoded by
    /// [#decode] instead. The byte at `limit` is a line feed, and [Swar#PADDING] bytes can be read from it on.
    default int decodeLine(byte[] bytes, int from, int limit) {
        return -1;
    }

    /// Lets go of the bytes of the last record: they are many, and the next record may be long in coming (R10).
    default void forget() {}
}
