package dev.wisent.api.source;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.SplitView;
import dev.wisent.columnar.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Names one chain of pages: all of them, or the next incremental window. Windows are numbered, and each begins at the cursor
/// where the one before it ended, so everything follows from the progress.
final class PagedPlanner implements Planner {
    private static final String WINDOW = "window-";

    private final ReadRequest request;
    private boolean answered;

    PagedPlanner(ReadRequest request) {
        this.request = request;
    }

    @Override
    public StreamState opening() {
        return StreamState.EMPTY;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public PlanPage next(Duration wait) {
        if (answered) {
            return new PlanPage.Complete();
        }
        answered = true;
        return request.mode() == SyncMode.INCREMENTAL
                ? window()
                : new PlanPage.Splits(
                        List.of(PagedSource.split("pages", "pages of " + request.stream(), "")), List.of());
    }

    private PlanPage window() {
        Map<SplitId, SplitView> splits = request.progress().splits();
        long last =
                splits.keySet().stream().mapToLong(PagedPlanner::number).max().orElse(0);
        long now = last == 0 || request.progress().isFinished(id(last)) ? last + 1 : last;
        String since =
                PageToken.of(request.progress().position(id(now - 1))).cursor().orElse("");
        List<SplitId> forget =
                splits.keySet().stream().filter(id -> number(id) < now - 1).toList();
        String label = request.stream() + (since.isEmpty() ? " from the beginning" : " since " + since);
        return new PlanPage.Splits(List.of(PagedSource.split(id(now).value(), label, since)), forget);
    }

    private static SplitId id(long window) {
        return new SplitId(WINDOW + window);
    }

    private static long number(SplitId id) {
        return id.value().startsWith(WINDOW) ? Long.parseLong(id.value().substring(WINDOW.length())) : 0;
    }

    @Override
    public void close() {}
}
