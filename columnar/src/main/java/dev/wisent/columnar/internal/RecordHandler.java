package dev.wisent.columnar.internal;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.RecordSink;

/// What a splitter calls for each record it finds.
public interface RecordHandler {
    /// The record in `[from, to)`. The byte at `to` ends it (a line feed, for CSV also a carriage return), and
    /// [Swar#PADDING] bytes can be read from it on. Valid during the call. Says whether to go on: a splitter for which
    /// a bad record is the end of the input stops at false.
    boolean record(byte[] bytes, int from, int to, RecordPosition at, RecordSink sink);

    /// Tries to take the record that begins at `from` before its end was looked for: returns where it ends, and then waits
    /// for [#keepLine]; a negative number when it has to go through [#record]. The byte at `limit` is a line feed, and
    /// [Swar#PADDING] bytes can be read from it on.
    ///
    /// @param most bytes of a record that is not too large
    default int line(byte[] bytes, int from, int limit, long most) {
        return -1;
    }

    /// Keeps what [#line] took.
    default void keepLine(int length, RecordPosition at, RecordSink sink) {
        throw new IllegalStateException("no record was taken");
    }

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
