package dev.wisent.columnar;

import java.util.Objects;

/// How to decode one input.
///
/// @param schema shared by all decoders of the stream
/// @param maxRecordBytes a longer record is bad ([BadRecord.Reason#TOO_LARGE]); checked while scanning, before memory is
///     taken for it. At most [#LARGEST_RECORD]
/// @param maxDepth how many arrays and objects may be open at once, the record itself included
/// @param start where the first byte lies that will be fed. NDJSON may start at any record; a CSV in the middle needs its
///     column names ([CsvOptions#columns]); a JSON document is fed from its beginning
/// @param emitFrom records with a lower ordinal are read but not handed over: resuming where bytes can't be skipped
/// @param batches where the decoder takes its batches from, and leaves the last one
/// @param forms how the values of columns are written, where the schema does not tell
public record DecoderOptions(
        StreamSchema schema,
        Contract contract,
        long maxRecordBytes,
        int maxDepth,
        Place start,
        long emitFrom,
        BatchPool batches,
        ValueForm.ByColumn forms) {
    /// 64 MB: far above sane records, far below a worker's share of memory.
    public static final long DEFAULT_MAX_RECORD_BYTES = 64L << 20;
    /// A record, its unescaped copy and their growth must stay below the length of a Java array.
    public static final long LARGEST_RECORD = 512L << 20;
    /// Far above sane data; RFC 8259 section 9 lets a parser set a limit.
    public static final int DEFAULT_MAX_DEPTH = 1_000;

    public DecoderOptions {
        Objects.requireNonNull(schema);
        Objects.requireNonNull(contract);
        Objects.requireNonNull(start);
        Objects.requireNonNull(batches);
        Objects.requireNonNull(forms);
        if (maxRecordBytes < 1 || maxRecordBytes > LARGEST_RECORD) {
            throw new IllegalArgumentException(
                    "max_record_bytes is " + maxRecordBytes + "; allowed is 1 to " + LARGEST_RECORD);
        }
        if (maxDepth < 1) {
            throw new IllegalArgumentException("max depth is " + maxDepth + "; at least 1");
        }
    }

    /// From the beginning, with the default limits.
    public static DecoderOptions of(StreamSchema schema, Contract contract) {
        return new DecoderOptions(
                schema,
                contract,
                DEFAULT_MAX_RECORD_BYTES,
                DEFAULT_MAX_DEPTH,
                Place.START,
                Place.START.ordinal(),
                new BatchPool(),
                ValueForm.ByColumn.STANDARD);
    }

    public DecoderOptions withMaxRecordBytes(long bytes) {
        return new DecoderOptions(schema, contract, bytes, maxDepth, start, emitFrom, batches, forms);
    }

    public DecoderOptions withMaxDepth(int depth) {
        return new DecoderOptions(schema, contract, maxRecordBytes, depth, start, emitFrom, batches, forms);
    }

    public DecoderOptions startingAt(Place place) {
        return new DecoderOptions(
                schema, contract, maxRecordBytes, maxDepth, place, Math.max(emitFrom, place.ordinal()), batches, forms);
    }

    public DecoderOptions emittingFrom(long ordinal) {
        return new DecoderOptions(schema, contract, maxRecordBytes, maxDepth, start, ordinal, batches, forms);
    }

    /// Decoders of a stream that come after each other share `pool`.
    public DecoderOptions sharing(BatchPool pool) {
        return new DecoderOptions(schema, contract, maxRecordBytes, maxDepth, start, emitFrom, pool, forms);
    }

    public DecoderOptions withForms(ValueForm.ByColumn columns) {
        return new DecoderOptions(schema, contract, maxRecordBytes, maxDepth, start, emitFrom, batches, columns);
    }
}
