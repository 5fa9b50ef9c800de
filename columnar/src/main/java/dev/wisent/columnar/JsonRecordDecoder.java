package dev.wisent.columnar;

import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.internal.DecodeFailure;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.Swar;
import dev.wisent.columnar.internal.json.JsonCursor;
import dev.wisent.columnar.internal.json.JsonRows;
import java.util.Optional;

/// Decodes single JSON objects into batches of the caller, under the same rules as [Decoders#ndjson]: for records that
/// arrive one by one, or inside others (`source_data`). One thread.
public final class JsonRecordDecoder {
    private final StreamSchema schema;
    private final Drift drift;
    private final ValueForm.ByColumn forms;
    private final JsonCursor cursor = new JsonCursor(DecoderOptions.DEFAULT_MAX_DEPTH);
    /// Of a larger record is nothing kept for the ones after it.
    private static final int LARGEST_KEPT = 1 << 20;

    private byte[] copy = {};
    private Optional<Bound> bound = Optional.empty();

    private record Bound(RecordBatch batch, JsonRows rows) {}

    public JsonRecordDecoder(StreamSchema schema, Contract contract) {
        this(schema, contract, ValueForm.ByColumn.STANDARD);
    }

    public JsonRecordDecoder(StreamSchema schema, Contract contract, ValueForm.ByColumn forms) {
        this.schema = schema;
        this.forms = forms;
        this.drift = new Drift(contract);
    }

    /// What became of a record.
    public sealed interface Outcome {
        /// It is the batch's last row.
        record Decoded() implements Outcome {}

        /// It is refused, the batch is as before.
        record Refused(Reason reason, String message, Optional<String> column) implements Outcome {}

        /// The stream's schema is now `wider`, the batch as before: hand the batch over, make one of the wider schema, and
        /// decode the record again into that.
        record Widened(Schema wider) implements Outcome {}
    }

    private static final Outcome DECODED = new Outcome.Decoded();

    /// Appends the object in `[from, from + length)` as a row. Cheapest when the same batch comes again and again, as long as
    /// its schema is the stream's. A [ContractViolation] carries [Place#START].
    public Outcome decode(byte[] json, int from, int length, RecordBatch batch) {
        drift.begin();
        try {
            rows(batch).decode(padded(json, from, length), 0, length);
        } catch (DecodeFailure failure) {
            batch.cancelRow();
            drift.undo();
            return new Outcome.Refused(failure.reason(), failure.message(), failure.column());
        }
        if (drift.isClean()) {
            batch.endRow();
            return DECODED;
        }
        batch.cancelRow();
        drift.undo();
        return judge(batch);
    }

    private Outcome judge(RecordBatch batch) {
        if (drift.isFrozen()) {
            DecodeFailure why = drift.refusal();
            throw new ContractViolation(
                    Place.START, why.column().orElse(""), why.message() + ", and the contract is freeze");
        }
        Optional<DecodeFailure> refused = drift.failure();
        Optional<Schema> wider = refused.isPresent() ? Optional.empty() : schema.evolve(drift.wanted());
        // A schema that is already the batch's would make the caller try for ever.
        if (wider.isPresent() && !wider.get().equals(batch.schema())) {
            return new Outcome.Widened(wider.get());
        }
        DecodeFailure why = refused.orElseGet(drift::refusal);
        return new Outcome.Refused(why.reason(), why.message(), why.column());
    }

    /// Values dropped because the contract says `discard_value`.
    public long discardedValues() {
        return drift.discarded();
    }

    private JsonRows rows(RecordBatch batch) {
        if (bound.isEmpty() || bound.get().batch != batch) {
            bound = Optional.of(new Bound(batch, new JsonRows(batch, drift, cursor, forms)));
        }
        return bound.get().rows;
    }

    private byte[] padded(byte[] json, int from, int length) {
        int needed = length + Swar.PADDING;
        boolean tooLarge = copy.length > LARGEST_KEPT && needed <= LARGEST_KEPT;
        if (copy.length < needed || tooLarge) {
            copy = new byte[Math.max(needed, Math.min(copy.length * 2, LARGEST_KEPT))];
        }
        System.arraycopy(json, from, copy, 0, length);
        copy[length] = '\n';
        return copy;
    }
}
