package dev.wisent.columnar.internal;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.BatchPool;
import dev.wisent.columnar.ContractViolation;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.Place;
import dev.wisent.columnar.Places;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.util.Arrays;
import java.util.Optional;

/// Turns records into batches: numbers them, hands over full batches, grows the schema and starts a wider batch where a
/// record asks for it, and reports those that can't be decoded.
public final class BatchAssembler implements RecordHandler {
    /// A wider schema may show the next misfit behind the first one; a record that asks more often is refused.
    private static final int MAX_ATTEMPTS = 8;
    /// The size of the batch is summed up after so many bytes of input, for a record may be larger than those before it, and
    /// when half the rows came that would fill it if they were like those before.
    private static final int BYTES_PER_CHECK = 128 << 10;

    private static final int MOST_ROWS_PER_CHECK = 4096;
    private static final int FIRST_ORDINALS = 256;
    /// Of a larger record nothing is referred to once it is decoded.
    private static final int LARGEST_REMEMBERED = 1 << 20;

    private static final long LARGEST_LEFT = 2L * RecordBatch.MAX_BYTES;

    /// Makes decoders for one format.
    public interface Format {
        RowDecoder rows(RecordBatch batch, Drift drift);
    }

    private final Format format;
    private final StreamSchema schema;
    private final BatchPool batches;
    private final Drift drift;
    private final long firstOrdinal;
    private final long emitFrom;
    private RecordBatch batch;
    private RowDecoder rows;
    private long[] ordinals = new long[FIRST_ORDINALS];
    private Places places = new Places(new long[FIRST_ORDINALS], new long[FIRST_ORDINALS]);
    private long nextOrdinal;
    private int uncheckedBytes;
    private int uncheckedRows;
    private int rowsToCheck = 1;
    /// What the columns may have grown to.
    private long largest;

    public BatchAssembler(DecoderOptions options, Format format) {
        this.format = format;
        this.schema = options.schema();
        this.batches = options.batches();
        this.drift = new Drift(options.contract());
        Place start = options.start();
        this.firstOrdinal = start.ordinal();
        this.emitFrom = options.emitFrom();
        this.nextOrdinal = firstOrdinal;
        this.batch = batches.take(schema.current());
        this.rows = format.rows(batch, drift);
    }

    @Override
    public boolean record(byte[] bytes, int from, int to, RecordPosition at, RecordSink sink) {
        boolean goOn = decoded(bytes, from, to, at, sink);
        if (to - from > LARGEST_REMEMBERED) {
            rows.forget();
        }
        return goOn;
    }

    private boolean decoded(byte[] bytes, int from, int to, RecordPosition at, RecordSink sink) {
        long ordinal = nextOrdinal++;
        if (ordinal < emitFrom) {
            return true;
        }
        largest = Math.max(largest, to - from);
        if (batch.rows() == 0 && !batch.schema().equals(schema.current())) {
            bind(schema.current());
        }
        for (int attempt = 1; ; attempt++) {
            drift.begin();
            try {
                rows.decode(bytes, from, to);
            } catch (DecodeFailure failure) {
                cancel();
                bad(failure, ordinal, bytes, from, to, at, sink);
                return false;
            }
            if (drift.isClean()) {
                keep(ordinal, to - from, at, sink);
                return true;
            }
            cancel();
            if (drift.isFrozen()) {
                throw violation(ordinal, at);
            }
            Optional<DecodeFailure> refused = drift.failure();
            Optional<Schema> wider =
                    refused.isPresent() || attempt == MAX_ATTEMPTS ? Optional.empty() : schema.evolve(drift.wanted());
            if (wider.isEmpty()) {
                bad(refused.orElseGet(drift::refusal), ordinal, bytes, from, to, at, sink);
                return true;
            }
            emit(ordinal, at.offset(), sink);
            bind(wider.get());
        }
    }

    @Override
    public int line(byte[] bytes, int from, int limit, long most) {
        if (nextOrdinal < emitFrom) {
            return -1;
        }
        if (batch.rows() == 0 && !batch.schema().equals(schema.current())) {
            bind(schema.current());
        }
        drift.begin();
        int end = rows.decodeLine(bytes, from, limit);
        if (end < 0 || !drift.isClean() || end - from > most) {
            cancel();
            return -1;
        }
        return end;
    }

    @Override
    public void keepLine(int length, RecordPosition at, RecordSink sink) {
        keep(nextOrdinal++, length, at, sink);
    }

    private void cancel() {
        batch.cancelRow();
        drift.undo();
    }

    private void bind(Schema now) {
        batch = batches.take(now);
        rows = format.rows(batch, drift);
    }

    private void keep(long ordinal, int bytes, RecordPosition at, RecordSink sink) {
        int row = batch.rows();
        if (row == ordinals.length) {
            ordinals = Arrays.copyOf(ordinals, row * 2);
            places = new Places(Arrays.copyOf(places.lines(), row * 2), Arrays.copyOf(places.byteOffsets(), row * 2));
        }
        ordinals[row] = ordinal;
        places.lines()[row] = at.line();
        places.byteOffsets()[row] = at.offset();
        batch.endRow();
        uncheckedBytes += bytes;
        uncheckedRows++;
        if (uncheckedBytes >= BYTES_PER_CHECK || uncheckedRows >= rowsToCheck) {
            check(at, sink);
        }
    }

    private void check(RecordPosition at, RecordSink sink) {
        uncheckedBytes = 0;
        uncheckedRows = 0;
        rowsToCheck = 1;
        long size = batch.bytes();
        largest = Math.max(largest, size);
        int count = batch.rows();
        if (size >= RecordBatch.MAX_BYTES || count >= RecordBatch.MAX_ROWS) {
            emit(nextOrdinal, at.nextOffset(), sink);
        } else {
            long like = (RecordBatch.MAX_BYTES - size) * count / Math.max(1, size) / 2;
            rowsToCheck = Math.clamp(like, 1, Math.min(MOST_ROWS_PER_CHECK, RecordBatch.MAX_ROWS - count));
        }
    }

    private void emit(long recordsDone, long byteOffset, RecordSink sink) {
        int count = batch.rows();
        if (count == 0) {
            return;
        }
        boolean dense = ordinals[count - 1] - ordinals[0] == count - 1;
        batch.number(
                dense
                        ? new Numbering.Counting(ordinals[0])
                        : new Numbering.Explicit(Arrays.copyOf(ordinals, count), new int[count]));
        batch.place(Optional.of(places));
        sink.rows(batch, recordsDone, byteOffset);
        batch.clear();
    }

    /// Hands over the rows so far.
    public void flush(RecordPosition at, RecordSink sink) {
        emit(nextOrdinal, at.nextOffset(), sink);
    }

    /// Nothing follows: the batch is left to whoever comes next, unless it holds the memory of a giant.
    void leave() {
        if (largest <= LARGEST_LEFT) {
            batches.give(batch);
        }
        batch = RecordBatch.of(Schema.of());
    }

    private ContractViolation violation(long ordinal, RecordPosition at) {
        DecodeFailure why = drift.refusal();
        Place place = new Place(ordinal, at.line(), at.offset());
        return new ContractViolation(
                place, why.column().orElse(""), why.message() + ", and the contract is freeze (" + place + ")");
    }

    private void bad(
            DecodeFailure why, long ordinal, byte[] bytes, int from, int to, RecordPosition at, RecordSink sink) {
        byte[] raw = Arrays.copyOfRange(bytes, from, Math.min(to, from + BadRecord.MAX_RAW));
        sink.bad(new BadRecord(
                ordinal, at.line(), at.offset(), raw, to - from, why.reason(), why.message(), why.column()));
    }

    @Override
    public void refused(
            Reason reason,
            String message,
            byte[] bytes,
            int from,
            int to,
            long rawBytes,
            RecordPosition at,
            RecordSink sink) {
        long ordinal = nextOrdinal++;
        if (ordinal < emitFrom) {
            return;
        }
        byte[] raw = Arrays.copyOfRange(bytes, from, Math.min(to, from + BadRecord.MAX_RAW));
        sink.bad(new BadRecord(ordinal, at.line(), at.offset(), raw, rawBytes, reason, message, Optional.empty()));
    }

    public long records() {
        return nextOrdinal - firstOrdinal;
    }

    public long nextOrdinal() {
        return nextOrdinal;
    }

    public long discardedValues() {
        return drift.discarded();
    }
}
