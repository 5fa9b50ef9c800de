package dev.wisent.api.commit;

import dev.wisent.api.Counts;
import dev.wisent.api.Position;
import dev.wisent.api.RejectFile;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a generation holds. The map is a copy nobody changes.
public record GenerationView(
        GenerationId id,
        Map<SplitId, SplitView> splits,
        Optional<Schema> schema,
        StreamState opening,
        Counts counts,
        List<RejectFile> rejects) {
    public static final GenerationView EMPTY = new GenerationView(
            GenerationId.FIRST, Map.of(), Optional.empty(), StreamState.EMPTY, Counts.NONE, List.of());

    /// Where `split` stands; the start when it was never committed.
    public Position position(SplitId split) {
        SplitView view = splits.get(split);
        return view == null ? Position.START : view.position();
    }

    public boolean isFinished(SplitId split) {
        SplitView view = splits.get(split);
        return view != null && view.finished();
    }
}
