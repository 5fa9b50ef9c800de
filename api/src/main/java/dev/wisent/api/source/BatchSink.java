package dev.wisent.api.source;

import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.columnar.RecordBatch;

/// Takes what a decoder makes. Every call returns when the rows were written; the batch is the decoder's again then.
public interface BatchSink {
    /// Rows, and where their split stands after them. Chunks that carry their stand overrule it.
    void rows(RecordBatch batch, Stand upTo);

    /// A record that can't be processed. It counts as read.
    void reject(Reject reject);

    /// Values that a contract's `discard_value` left out.
    void discarded(long values);
}
