package dev.wisent.cli.internal.command;

import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Commit;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.WriteMode;
import java.util.Optional;

/// What `check` says of an incremental stream whose source can't know up to which cursor rows are final. Where rows are
/// appended, it asks for a lag or a merge; where they are merged, reading all of them again is enough.
final class LateRows {
    private LateRows() {}

    /// Asks the source. Empty: no rows are lost, or it was said how late they come.
    static Optional<Told> of(Pipeline pipeline, WriteMode writing) {
        if (PipelineRun.mode(pipeline) != SyncMode.INCREMENTAL) {
            return Optional.empty();
        }
        return pipeline.source().unknownFrontier(pipeline.stream()).map(why -> told(why, writing));
    }

    private static Told told(String why, WriteMode writing) {
        if (writing.mode() == Commit.Mode.MERGE) {
            return Told.of(why + " until all is read again: 'wisent stream reset' does, and the merge by "
                    + String.join(", ", writing.primaryKey()) + " leaves each row once");
        }
        String text =
                why + "; give cursor_lag and lag_rows, so that rows that come late are read, each once, or merge by a"
                        + " primary key, so that all can be read again from time to time";
        return new Told(text, Optional.of(text));
    }
}
