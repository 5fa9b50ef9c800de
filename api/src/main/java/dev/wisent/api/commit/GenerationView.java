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

/// What a generation holds. Nobody changes the map of the splits, and it goes by the order of the ids; a million of them
/// take some 20 to 50 MB ([SplitMap]).
public record GenerationView(
        GenerationId id,
        Map<SplitId, SplitView> splits,
        Optional<Schema> schema,
        StreamState opening,
        Counts counts,
        List<RejectFile> rejects) {
    public static final GenerationView EMPTY = new GenerationView(
            GenerationId.FIRST, Map.of(), Optional.empty(), StreamState.EMPTY, Counts.NONE, List.of());

    public GenerationView {
        splits = SplitMap.copyOf(splits);
    }

    /// The same, but with these splits.
    public GenerationView withSplits(Map<SplitId, SplitView> others) {
        return new GenerationView(id, others, schema, opening, counts, rejects);
    }

    /// The splits whose ids begin with `prefix`, in order; found without going through the others.
    public List<SplitId> startingWith(String prefix) {
        return SplitMap.copyOf(splits).startingWith(prefix);
    }

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
