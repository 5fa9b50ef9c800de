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
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.Places;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Decodes kept rejects: what the source's decoder refused goes to the source again; what was refused behind it was kept as
/// JSON. What is not there as a whole stays a reject.
final class ReplayDecoder implements Decoder {
    private static final JsonMapper JSON = JsonMapper.shared();

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
        Renumbering rows = new Renumbering(kept, out);
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
        } else if (shape == Traits.Shape.RECORDS && (!isFromDecoder(reject) || isOneObject(reject.raw()))) {
            rows.rows(record(reject), Stand.notHere(Position.START));
        } else if (shape == Traits.Shape.RECORDS) {
            out.reject(reject);
        } else {
            decode(reject, rows);
        }
    }

    private static boolean isOneObject(byte[] raw) {
        try (JsonParser parser = JSON.createParser(raw)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            parser.skipChildren();
            return object && parser.nextToken() == null;
        } catch (JacksonException notJson) {
            return false;
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
        LongColumn times = (LongColumn) batch.column(RawRecords.TIMESTAMP);
        reject.beside().sourceTimestamp().ifPresentOrElse(times::append, times::appendNull);
        batch.endRow();
        return dressed(batch, reject);
    }

    private static RecordBatch dressed(RecordBatch batch, Reject reject) {
        RowOp op = reject.beside().op();
        return batch.routeTo(reject.beside().destinationId())
                .operate(op == RowOp.INSERT ? new RowOp[0] : new RowOp[] {op});
    }

    private void decode(Reject reject, Renumbering rows) {
        while (true) {
            RecordBatch batch = RecordBatch.of(schema.current());
            switch (json.decode(reject.raw(), 0, reject.raw().length, batch)) {
                case JsonRecordDecoder.Outcome.Decoded decoded -> {
                    rows.rows(dressed(batch, reject), Stand.notHere(Position.START));
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
                            refused.message(),
                            reject.columns(),
                            reject.beside()));
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

    /// Rows are numbered by the line of their reject, so that a second replay gives the same ids; what is said of them names
    /// the place where they were read first. Where the split stands is the reader's business.
    private record Renumbering(KeptReject kept, BatchSink out) implements BatchSink {
        @Override
        public void rows(RecordBatch batch, Stand upTo) {
            Reject reject = kept.reject();
            Places.First first = new Places.First(reject.where(), reject.ordinal(), reject.line(), reject.byteOffset());
            out.rows(
                    batch.number(new Numbering.Within(kept.number(), 0))
                            .place(Optional.of(Places.again(first, batch.rows()))),
                    Stand.notHere(Position.at(kept.number() - 1)));
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
