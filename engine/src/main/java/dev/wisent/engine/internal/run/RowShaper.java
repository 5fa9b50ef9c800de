package dev.wisent.engine.internal.run;

import dev.wisent.api.Reject;
import dev.wisent.api.TargetId;
import dev.wisent.columnar.RecordBatch;

/// Turns decoded rows into what targets hold: routing, envelope, unnesting. One per worker, one thread.
public interface RowShaper {
    /// Where shaped rows go.
    interface Out {
        void write(TargetId target, RecordBatch batch);

        /// A row that can't be written; it was counted as read.
        void refuse(Reject reject);

        /// Values a contract left out.
        void discarded(long values);
    }

    /// `batch` may be handed on as it is; it is valid during the call only.
    void shape(Origin origin, RecordBatch batch, Out out);

    /// Where rows came from.
    record Origin(String split, String label, long fetchedAtMicros) {}
}
