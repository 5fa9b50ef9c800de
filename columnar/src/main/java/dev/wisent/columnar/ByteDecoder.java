package dev.wisent.columnar;

import java.util.List;

/// Turns the bytes of one input into batches. Made by [Decoders]; stateful, one per input, one thread.
///
/// Calls: `feed` any number of times, then `end` once. However the bytes are cut into calls, the same records come out;
/// only where batches end differs. A [ContractViolation] thrown by any of them ends the decoder.
public interface ByteDecoder {
    /// Takes the next bytes of the input. They are not kept after the return and not changed.
    void feed(byte[] data, int offset, int length, RecordSink sink);

    /// Hands over the rows decoded so far, if any: for a cut in the middle of an input.
    void flush(RecordSink sink);

    /// The input is over: a last record without line end is decoded, an unterminated one is bad, and all rows are handed
    /// over.
    void end(RecordSink sink);

    /// Records finished by this decoder, bad ones included, and not counting those before its start.
    long records();

    /// Values dropped because the contract says `discard_value`.
    long discardedValues();

    /// The names of a record's cells in their order, where the format does not have them in each record (CSV) and they are
    /// known by now; else empty.
    List<String> columns();

    /// Where the next record begins, at the earliest: what to start another decoder at.
    Place place();
}
