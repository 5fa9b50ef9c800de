package dev.wisent.engine.reject;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.util.Optional;

/// Decodes kept rejects: what the source's decoder refused goes to the source again; what was refused behind it was kept as
/// JSON. What is not there as a whole stays a reject.
final class ReplayDecoder implements Decoder {
    private final Optional<Decoder> source;
    private final Traits.Shape shape;
    private final StreamSchema schema;
    private final JsonRecordDecoder json;

    ReplayDecoder(Optional<Decoder> source, Traits.Shape shape, DecodeContext context) {
        this.source = source;
        this.shape = shape;
        this.schema = context.schema().orElseGet(() -> new StreamSchema(Schema.of()));
        this.json = new JsonRecordDecoder(schema, Contract.INFERRED);
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Client(KeptReject kept, long bytes))) {
            throw new IllegalArgumentException("no kept reject: " + chunk.payload());
        }
        Reject reject = kept.reject();
        Renumbering rows = new Renumbering(kept.number(), out);
        if (!reject.isComplete()) {
            out.reject(reject);
        } else if (isFromDecoder(reject) && source.isPresent()) {
            source.get()
                    .decode(
                            new Fetched.Chunk(
                                    chunk.split(),
                                    new Payload.Client(reject, bytes),
                                    chunk.fetchedAtMicros(),
                                    chunk.stand()),
                            rows);
        } else if (shape == Traits.Shape.RECORDS) {
            rows.rows(record(reject), Stand.notHere(Position.START));
        } else {
            decode(reject, rows);
        }
    }

    private static boolean isFromDecoder(Reject reject) {
        return switch (reject.stage()) {
            case DOWNLOAD, DECOMPRESS, PARSE, TYPE -> true;
            case TRANSFORM, WRITE -> false;
        };
    }

    private static RecordBatch record(Reject reject) {
        RecordBatch batch = RecordBatch.of(RawRecords.SCHEMA);
        ((BytesColumn) batch.column(RawRecords.DATA)).append(reject.raw(), 0, reject.raw().length);
        batch.column(RawRecords.TIMESTAMP).appendNull();
        batch.endRow();
        return batch.routeTo(reject.destinationId());
    }

    private void decode(Reject reject, Renumbering rows) {
        while (true) {
            RecordBatch batch = RecordBatch.of(schema.current());
            switch (json.decode(reject.raw(), 0, reject.raw().length, batch)) {
                case JsonRecordDecoder.Outcome.Decoded decoded -> {
                    rows.rows(batch.routeTo(reject.destinationId()), Stand.notHere(Position.START));
                    return;
                }
                case JsonRecordDecoder.Outcome.Widened widened -> {}
                case JsonRecordDecoder.Outcome.Refused refused -> {
                    rows.reject(new Reject(
                            1,
                            Reject.Stage.TRANSFORM,
                            reject.where(),
                            reject.ordinal(),
                            reject.line(),
                            reject.byteOffset(),
                            reject.raw(),
                            reject.rawBytes(),
                            ErrorCode.TYPE_MISMATCH.id(),
                            refused.message()));
                    return;
                }
            }
        }
    }

    @Override
    public void end(BatchSink out) {}

    @Override
    public void close() {
        source.ifPresent(Decoder::close);
    }

    /// Rows are numbered by the line of their reject, so that a second replay gives the same ids; where the split stands is the
    /// reader's business.
    private record Renumbering(long line, BatchSink out) implements BatchSink {
        @Override
        public void rows(RecordBatch batch, Stand upTo) {
            out.rows(batch.number(new Numbering.Within(line, 0)), Stand.notHere(Position.at(line - 1)));
        }

        @Override
        public void reject(Reject reject) {
            out.reject(reject);
        }

        @Override
        public void discarded(long values) {
            out.discarded(values);
        }
    }
}
