package dev.wisent.engine.internal.queue;

import dev.wisent.api.LaneId;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.engine.internal.run.Strands;
import java.util.List;
import java.util.Optional;

/// What the destination's progress tells of how far a queue is loaded.
final class Loaded {
    private Loaded() {}

    private static GenerationView filled(ProgressView view) {
        return view.open().map(OpenGeneration::content).orElse(view.live());
    }

    /// Whether `strand` is loaded to its end.
    static boolean toItsEnd(ProgressView view, SplitId strand) {
        return filled(view).isFinished(strand) || view.live().isFinished(strand);
    }

    /// Whether all strands of the lane's extraction that the destination shows are loaded to their ends, and it shows one.
    static boolean toTheEnd(ProgressView view, LaneId lane) {
        List<SplitId> strands =
                filled(view).startingWith(Strands.prefix(lane, view.lane(lane).epoch()));
        return !strands.isEmpty() && strands.stream().allMatch(strand -> toItsEnd(view, strand));
    }

    /// Whether `message`, which is of the extraction the lane stands under, is committed.
    static boolean holds(ProgressView view, Frame message) {
        Entry.Strand strand = message.strand();
        boolean covered = message.kind() != Entry.Kind.END
                && Optional.ofNullable(filled(view).splits().get(strand.split()))
                        .filter(there -> there.position().ordinal() >= message.seq())
                        .isPresent();
        return covered || toItsEnd(view, strand.split());
    }
}
