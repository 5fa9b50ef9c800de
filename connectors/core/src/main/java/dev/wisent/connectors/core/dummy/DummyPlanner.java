package dev.wisent.connectors.core.dummy;

import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.core.internal.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Names the one split, once.
final class DummyPlanner implements Planner {
    private final ReadRequest request;
    private final Split split;
    private final Pause pause = new Pause();
    private boolean answered;

    DummyPlanner(ReadRequest request, Split split) {
        this.request = request;
        this.split = split;
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
        if (!answered) {
            answered = true;
            return new PlanPage.Splits(List.of(split), List.of());
        }
        if (request.mode() == SyncMode.STREAM) {
            pause.take(wait);
            return new PlanPage.NothingNew();
        }
        return new PlanPage.Complete();
    }

    @Override
    public void close() {
        pause.end();
    }
}
