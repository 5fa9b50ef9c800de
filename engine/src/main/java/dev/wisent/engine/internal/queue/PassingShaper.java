package dev.wisent.engine.internal.queue;

import dev.wisent.api.TargetId;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.engine.internal.run.RowShaper;

/// Rows out of a queue have their shape and target.
final class PassingShaper implements RowShaper {
    @Override
    public void shape(Origin origin, RecordBatch batch, Out out) {
        out.write(new TargetId(batch.destinationId().orElseThrow()), batch);
    }
}
