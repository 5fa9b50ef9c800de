package dev.wisent.columnar.internal;

import dev.wisent.columnar.RecordSink;

/// Cuts the bytes of an input into records, whatever pieces they come in, and hands each to a [RecordHandler].
public interface Splitter {
    void feed(byte[] data, int offset, int length, RecordSink sink);

    /// The input is over: hands over what is left.
    void end(RecordSink sink);

    RecordPosition position();
}
