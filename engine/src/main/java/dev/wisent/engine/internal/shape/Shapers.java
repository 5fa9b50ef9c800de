package dev.wisent.engine.internal.shape;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.internal.run.RowShaper;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the shaper a stream needs: its columns as they are, the envelope, or the declared columns of its targets.
///
/// @param declared `record_schemas` by target, when `unnest` is on; `others`: for targets without one of their own
/// @param key the columns rows are merged by; empty: they are appended. A row that has none of them in full is refused
/// @param routes by what batches name as where they belong, their target; what is not among them is itself a target's name
public record Shapers(
        StreamId stream,
        TargetId target,
        Traits.Shape shape,
        String envelopePrefix,
        Map<TargetId, Schema> declared,
        Optional<Schema> others,
        Map<String, TargetId> routes,
        List<String> key) {
    public Shapers {
        key = List.copyOf(key);
        declared = Map.copyOf(declared);
        routes = Map.copyOf(routes);
    }

    public RowShaper make() {
        RowShaper plain = shape == Traits.Shape.RECORDS ? new Envelope(this) : columns();
        return declared.isEmpty() && others.isEmpty() ? plain : new Unnest(this, plain);
    }

    private RowShaper columns() {
        return key.isEmpty() ? new Columns(this) : new KeyedColumns(this);
    }

    /// Where a batch goes: where its source routed it, else the stream's own target.
    TargetId route(RecordBatch batch) {
        return batch.destinationId()
                .map(name -> routes.getOrDefault(name, new TargetId(name)))
                .orElse(target);
    }

    /// The rows of a stream with columns, as they are.
    private record Columns(Shapers shapers) implements RowShaper {
        @Override
        public void shape(Origin origin, RecordBatch batch, Out out) {
            out.write(shapers.route(batch), batch);
        }
    }
}
