package dev.wisent.columnar.internal;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.RecordSink;

/// What a splitter calls for each record it finds.
public interface RecordHandler {
    /// The record in `[from, to)`. The byte at `to` ends it (a line feed, for CSV also a carriage return), and
    /// [Swar#PADDING] bytes can be read from it on. Valid during the call. Says whether to go on: a splitter for which
    /// a bad record is the end of the input stops at false.
    boolean record(byte[] bytes, int from, int to, RecordPosition at, RecordSink sink);

    /// A record that is refused before anyone looks inside; `[from, to)` is as much of it as is kept.
    void refused(
            BadRecord.Reason reason,
            String message,
            byte[] bytes,
            int from,
            int to,
            long rawBytes,
            RecordPosition at,
            RecordSink sink);
}
