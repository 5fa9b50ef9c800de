package dev.wisent.engine.internal.shape;

import dev.wisent.api.Reject;
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
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.engine.internal.run.RowShaper;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Brings records into the columns their target declares (`record_schemas`): types and modes enforced, other keys left out and
/// counted. Rows that
/// came as columns go through JSON, so both kinds obey one set of rules. Targets without a declaration keep the plain form.
final class Unnest implements RowShaper {
    private final Shapers shapers;
    private final RowShaper plain;
    private final Map<TargetId, Declared> declared = new HashMap<>();
    private final OutputBuffer text = new OutputBuffer();
    private Optional<NdjsonEncoder> encoder = Optional.empty();
    private Optional<Schema> encoded = Optional.empty();

    private static final class Declared {
        final JsonRecordDecoder decoder;
        final RecordBatch batch;

        Declared(Schema schema) {
            this.decoder = new JsonRecordDecoder(new StreamSchema(schema), Contract.EXPLICIT);
            this.batch = RecordBatch.of(schema);
        }
    }

    Unnest(Shapers shapers, RowShaper plain) {
        this.shapers = shapers;
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
        long discardedBefore = to.decoder.discardedValues();
        for (int row = 0; row < batch.rows(); row++) {
            decode(origin, batch, row, to, out);
            if (to.batch.isFull()) {
                out.write(target, to.batch);
                to.batch.clear();
            }
        }
        out.write(target, to.batch);
        long discarded = to.decoder.discardedValues() - discardedBefore;
        if (discarded > 0) {
            out.discarded(discarded);
        }
    }

    private void decode(Origin origin, RecordBatch batch, int row, Declared to, Out out) {
        byte[] json;
        int from;
        int length;
        if (batch.schema().equals(RawRecords.SCHEMA)) {
            BytesColumn data = (BytesColumn) batch.column(RawRecords.DATA);
            json = data.data();
            from = data.start(row);
            length = data.length(row);
        } else {
            encode(batch, row);
            json = text.array();
            from = 0;
            length = text.length() - 1;
        }
        switch (to.decoder.decode(json, from, length, to.batch)) {
            case JsonRecordDecoder.Outcome.Decoded decoded -> {}
            case JsonRecordDecoder.Outcome.Refused refused ->
                out.refuse(new Reject(
                        1,
                        Reject.Stage.TRANSFORM,
                        origin.label(),
                        batch.numbering().ordinal(row),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Arrays.copyOfRange(json, from, from + Math.min(length, MAX_RAW)),
                        length,
                        ErrorCode.TYPE_MISMATCH.id(),
                        refused.message()));
            case JsonRecordDecoder.Outcome.Widened widened ->
                throw WisentException.of(ErrorCode.INTERNAL, "a declared schema was widened to " + widened.wider());
        }
    }

    private void encode(RecordBatch batch, int row) {
        if (encoder.isEmpty() || !encoded.equals(Optional.of(batch.schema()))) {
            encoder = Optional.of(new NdjsonEncoder(batch.schema()));
            encoded = Optional.of(batch.schema());
        }
        text.clear();
        encoder.get().encode(batch, row, row + 1, text);
    }

    /// As much of a refused record as is kept.
    private static final int MAX_RAW = 64 << 10;
}
