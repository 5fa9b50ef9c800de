package dev.wisent.engine.internal.shape;

import dev.wisent.api.TargetId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.RawRecords;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.engine.internal.run.RowShaper;
import dev.wisent.engine.internal.transform.AsRead;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Brings records into the columns their target declares (`record_schemas`): types and modes enforced, other keys left out and
/// counted. Rows that
/// came as columns go through JSON, so both kinds obey one set of rules. Targets without a declaration keep the plain form.
final class Unnest implements RowShaper {
    private final Shapers shapers;
    private final RowKey key;
    private final RowShaper plain;
    private final Map<TargetId, Declared> declared = new HashMap<>();
    private final OutputBuffer text = new OutputBuffer();
    private Optional<NdjsonEncoder> encoder = Optional.empty();
    private Optional<Schema> encoded = Optional.empty();

    private static final class Declared {
        final JsonRecordDecoder decoder;
        final RecordBatch batch;
        /// The rows they were, of the batch at hand.
        int[] origins = {};

        Declared(Schema schema) {
            this.decoder = new JsonRecordDecoder(new StreamSchema(schema), Contract.EXPLICIT);
            this.batch = RecordBatch.of(schema);
        }
    }

    Unnest(Shapers shapers, RowShaper plain) {
        this.shapers = shapers;
        this.key = new RowKey(shapers.key());
        this.plain = plain;
    }

    @Override
    public void shape(Origin origin, RecordBatch batch, Out out) {
        TargetId target = shapers.route(batch);
        Optional<Schema> schema =
                Optional.ofNullable(shapers.declared().get(target)).or(shapers::others);
        if (schema.isEmpty()) {
            plain.shape(origin, batch, out);
            return;
        }
        Declared to = declared.computeIfAbsent(target, t -> new Declared(schema.get()));
        to.batch.clear();
        to.origins = batch.hasOps() ? new int[batch.rows()] : to.origins;
        long discardedBefore = to.decoder.discardedValues();
        for (int row = 0; row < batch.rows(); ) {
            int end = KeyedColumns.endOfRecord(origin.read(), batch, row);
            decode(origin.read(), batch, row, end, to, out);
            if (to.batch.isFull()) {
                out.write(target, Operations.picked(batch, to.batch, to.origins));
                to.batch.clear();
            }
            row = end;
        }
        out.write(target, Operations.picked(batch, to.batch, to.origins));
        long discarded = to.decoder.discardedValues() - discardedBefore;
        if (discarded > 0) {
            out.discarded(discarded);
        }
    }

    /// Rows `[from, end)` are one record's: when one does not fit, none is written, or a replay would repeat the others.
    private void decode(AsRead read, RecordBatch batch, int from, int end, Declared to, Out out) {
        int before = to.batch.rows();
        for (int row = from; row < end; row++) {
            switch (decoded(batch, row, to)) {
                case JsonRecordDecoder.Outcome.Decoded decoded -> {
                    int last = to.batch.rows() - 1;
                    if (batch.hasOps()) {
                        to.origins[last] = row;
                    }
                    Optional<String> missing =
                            batch.op(row) == RowOp.TRUNCATE ? Optional.empty() : key.missing(to.batch, last);
                    if (missing.isPresent()) {
                        to.batch.truncate(before);
                        String message = RowKey.message(missing.get());
                        out.refuse(read.reject(read.record(row), ErrorCode.MISSING_VALUE, message), end - from);
                        return;
                    }
                }
                case JsonRecordDecoder.Outcome.Refused refused -> {
                    to.batch.truncate(before);
                    out.refuse(read.reject(read.record(row), ErrorCode.TYPE_MISMATCH, refused.message()), end - from);
                    return;
                }
                case JsonRecordDecoder.Outcome.Widened widened ->
                    throw WisentException.of(ErrorCode.INTERNAL, "a declared schema was widened to " + widened.wider());
            }
        }
    }

    private JsonRecordDecoder.Outcome decoded(RecordBatch batch, int row, Declared to) {
        if (batch.schema().equals(RawRecords.SCHEMA)) {
            BytesColumn data = (BytesColumn) batch.column(RawRecords.DATA);
            return to.decoder.decode(data.data(), data.start(row), data.length(row), to.batch);
        }
        encode(batch, row);
        return to.decoder.decode(text.array(), 0, text.length() - 1, to.batch);
    }

    private void encode(RecordBatch batch, int row) {
        if (encoder.isEmpty() || !encoded.equals(Optional.of(batch.schema()))) {
            encoder = Optional.of(new NdjsonEncoder(batch.schema()));
            encoded = Optional.of(batch.schema());
        }
        text.clear();
        encoder.get().encode(batch, row, row + 1, text);
    }
}
