package dev.wisent.columnar;

/// What a [ByteDecoder] calls, always on the thread that feeds it. An exception thrown here ends the decoder: it passes
/// through [ByteDecoder#feed] and the decoder is not used again.
public interface RecordSink {
    /// Rows that are decoded, in input order. The batch is numbered by record ordinal (a record has one row, index 0) and
    /// is valid only during the call; a sink may change it (transforms) but not keep it.
    ///
    /// @param recordsDone the ordinal of the next record: every record before it was handed over, here or to [#bad]
    /// @param byteOffset where that next record begins, at the earliest: reading may resume there
    void rows(RecordBatch batch, long recordsDone, long byteOffset);

    /// A record that is refused. It may come before rows with lower ordinals, never after the [#rows] call whose
    /// `recordsDone` covers it.
    void bad(BadRecord bad);
}
