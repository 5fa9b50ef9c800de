package dev.wisent.engine.internal.queue;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.commit.SplitView;
import java.util.Optional;

/// Where the destination shows the splits to be committed, as far as it was looked at. Any thread.
final class Stands {
    private volatile ProgressView view = ProgressView.EMPTY;

    void show(ProgressView shown) {
        view = shown;
    }

    /// Where `split` is committed in what the run fills.
    Optional<Position> of(SplitId split) {
        ProgressView now = view;
        GenerationView filled = now.open().map(OpenGeneration::content).orElse(now.live());
        return Optional.ofNullable(filled.splits().get(split)).map(SplitView::position);
    }
}
