package dev.wisent.engine.reject;

import dev.wisent.api.RejectFile;
import dev.wisent.api.StreamState;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.internal.run.ReplaySplits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Names a split for each file of rejects the live content's commits name.
final class ReplayPlanner implements Planner {
    private final Planner source;
    private final ReadRequest request;
    private final KeptRejects kept;
    private final List<String> warnings = new ArrayList<>();
    private boolean named;

    /// @param source asked for the schema alone
    ReplayPlanner(Planner source, ReadRequest request, KeptRejects kept) {
        this.source = source;
        this.request = request;
        this.kept = kept;
    }

    @Override
    public StreamState opening() {
        return source.opening();
    }

    @Override
    public Optional<Schema> schema() {
        return source.schema();
    }

    @Override
    public PlanPage next(Duration wait) {
        if (named) {
            return new PlanPage.Complete();
        }
        named = true;
        List<Split> splits = new ArrayList<>();
        for (RejectFile file : request.progress().rejects()) {
            kept.find(file)
                    .ifPresentOrElse(
                            path -> splits.add(split(file, path)),
                            () -> warnings.add(file.path() + " is gone: its rejects can't be replayed"));
        }
        return new PlanPage.Splits(splits, List.of());
    }

    private static Split split(RejectFile file, Path path) {
        return new Split(
                ReplaySplits.of(file),
                String.valueOf(path.getFileName()),
                file.count() + " " + path.toAbsolutePath(),
                OptionalLong.empty());
    }

    @Override
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void close() {
        source.close();
    }
}
