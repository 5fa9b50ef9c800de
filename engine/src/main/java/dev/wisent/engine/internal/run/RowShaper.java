package dev.wisent.engine.internal.run;

import dev.wisent.api.Reject;
import dev.wisent.api.TargetId;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.engine.internal.transform.AsRead;

/// Turns decoded rows into what targets hold: routing, envelope, unnesting. One per worker, one thread.
public interface RowShaper {
    /// Where shaped rows go.
    interface Out {
        void write(TargetId target, RecordBatch batch);

        /// A record that can't be written, though it was counted as read: none of the `rows` rows it became was.
        void refuse(Reject reject, int rows);

        /// Values a contract left out.
        void discarded(long values);
    }

    /// `batch` may be handed on as it is; it is valid during the call only.
    void shape(Origin origin, RecordBatch batch, Out out);

    /// Where rows came from.
    record Origin(String split, long fetchedAtMicros, AsRead read) {}
}
