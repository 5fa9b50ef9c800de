package dev.wisent.connectors.postgres.read;

import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// Tuples of COPY's binary format into columns. A chunk is whole tuples, without the format's header and trailer.
final class TupleDecoder implements Decoder {
    private static final int MOST_RAW = 64 << 10;
    /// How many rows may come before it is asked again whether the batch is full.
    private static final int ROWS_BETWEEN_LOOKS = 128;
    private static final int REFUSED = -1;

    private final String where;
    private final List<ReadColumn> columns;
    private final FieldReader[] readers;
    private final Column[] into;
    private final RecordBatch batch;
    private final long maxRecordBytes;
    private long rows;
    /// Why the last row was refused; empty: it is too large.
    private String problem = "";

    /// @param rows how many lie before the first chunk
    TupleDecoder(String where, SplitSpec spec, long rows, long maxRecordBytes) {
        this.where = where;
        this.columns = spec.columns();
        this.readers = columns.stream().map(FieldReader::of).toArray(FieldReader[]::new);
        this.batch = RecordBatch.of(spec.schema());
        this.into = batch.columns().toArray(Column[]::new);
        this.rows = rows;
        this.maxRecordBytes = maxRecordBytes;
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Raw raw)) {
            throw new IllegalArgumentException("a chunk of another source: " + chunk.payload());
        }
        Stand end = chunk.stand().orElseThrow();
        byte[] data = raw.data();
        int limit = raw.offset() + raw.length();
        int place = raw.offset();
        batch.clear();
        boolean allFit = raw.length() <= maxRecordBytes;
        while (place < limit) {
            problem = "";
            int next = allFit || Tuple.end(data, place) - place <= maxRecordBytes ? row(data, place) : REFUSED;
            if (next == REFUSED) {
                next = Tuple.end(data, place);
                batch.cancelRow();
                hand(out, Stand.notHere(end.position()));
                rows++;
                out.reject(reject(data, place, next - place));
            } else if (batch.rows() % ROWS_BETWEEN_LOOKS == 0 && batch.isFull() && next < limit) {
                hand(out, Stand.notHere(end.position()));
            }
            place = next;
        }
        hand(out, end);
    }

    private void hand(BatchSink out, Stand upTo) {
        if (batch.rows() > 0) {
            int count = batch.rows();
            out.rows(batch.number(new Numbering.Counting(rows + 1)), upTo);
            rows += count;
            batch.clear();
        }
    }

    /// @return where the row ends, or [#REFUSED]: [#problem] says why
    private int row(byte[] data, int at) {
        int place = at + Short.BYTES;
        if (BigEndian.shortAt(data, at) != readers.length) {
            throw new IllegalStateException(
                    "a row of " + BigEndian.shortAt(data, at) + " columns, not " + readers.length);
        }
        int field = 0;
        try {
            for (; field < readers.length; field++) {
                int length = BigEndian.intAt(data, place);
                place += Integer.BYTES;
                if (length < 0) {
                    into[field].appendNull();
                } else {
                    readers[field].read(data, place, length, into[field]);
                    place += length;
                }
            }
        } catch (BadValue bad) {
            problem = "column '" + columns.get(field).name() + "' " + bad.getMessage();
            return REFUSED;
        }
        batch.endRow();
        return place;
    }

    private Reject reject(byte[] data, int at, int length) {
        boolean tooLarge = problem.isEmpty();
        byte[] raw = tooLarge ? Arrays.copyOfRange(data, at, at + MOST_RAW) : Tuple.json(data, at, columns);
        return new Reject(
                1,
                tooLarge ? Reject.Stage.PARSE : Reject.Stage.TYPE,
                where,
                rows,
                OptionalLong.empty(),
                OptionalLong.empty(),
                raw.length > MOST_RAW ? Arrays.copyOf(raw, MOST_RAW) : raw,
                tooLarge ? length : raw.length,
                (tooLarge ? ErrorCode.RECORD_TOO_LARGE : ErrorCode.TYPE_MISMATCH).id(),
                tooLarge
                        ? "a row of " + length + " bytes; max_record_bytes is " + maxRecordBytes
                        : problem + "; named under as_text it is read as its text",
                List.of());
    }

    @Override
    public void end(BatchSink out) {}

    @Override
    public void close() {}
}
