package dev.wisent.columnar.inflate;

import java.util.zip.DataFormatException;

/// Inflates one raw deflate stream after another: [#begin], then [#inflate] until it is [#finished], and so on. One thread at a
/// time.
public interface Inflation extends AutoCloseable {
    /// Takes inflated bytes, valid during the call.
    interface Out {
        void take(byte[] data, int offset, int length);
    }

    /// Of the fastest kind there is.
    static Inflation fastest() {
        return Isal.library().<Inflation>map(IsalInflation::new).orElseGet(JavaInflation::new);
    }

    /// Starts a stream, whatever became of the one before.
    void begin();

    /// Takes `data` from `from` to `end`, or to the stream's end if that comes first, and hands on all it can. Returns where
    /// the bytes it did not take begin: `end`, or less once the stream is finished. Then [#taken] has what stands
    /// before them.
    int inflate(byte[] data, int from, int end, Out out) throws DataFormatException;

    /// Whether the stream's end was reached.
    boolean finished();

    /// Bytes behind the end of a finished stream that were taken all the same, oldest first; usually none.
    byte[] taken();

    /// Bytes of the stream handed on so far.
    long written();

    @Override
    void close();
}
