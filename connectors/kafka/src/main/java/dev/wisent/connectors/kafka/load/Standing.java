package dev.wisent.connectors.kafka.load;

import dev.wisent.api.LaneId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressView;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Where a stream stands: its progress, and which targets have rows. One thread at a time.
final class Standing {
    final Progress progress;
    private final Set<TargetId> live;
    private final Set<TargetId> open;

    Standing(Progress progress, Set<TargetId> live, Set<TargetId> open) {
        this.progress = progress;
        this.live = new LinkedHashSet<>(live);
        this.open = new LinkedHashSet<>(open);
    }

    static Standing nothing() {
        return new Standing(new Progress(), Set.of(), Set.of());
    }

    /// A copy for any thread.
    ///
    /// @param live targets whose rows people see
    /// @param open targets of the generation that is hidden
    record View(ProgressView progress, Set<TargetId> live, Set<TargetId> open) {
        View {
            live = Set.copyOf(live);
            open = Set.copyOf(open);
        }

        boolean isLive(GenerationId generation) {
            return progress.live().id().equals(generation);
        }

        Optional<Claimant> claimant(LaneId lane) {
            return progress.lane(lane).claimant();
        }

        /// Whether a publication takes the place of all rows that are there.
        boolean willReplace() {
            return progress.open()
                    .filter(each -> each.generation().kind() == Generation.Kind.REPLACE)
                    .isPresent();
        }
    }

    View view() {
        return new View(progress.view(), live, open);
    }

    void apply(Commit commit) {
        switch (commit) {
            case Commit.Claim claim -> {}
            case Commit.Begin begin -> open.clear();
            case Commit.Data data -> written(data);
            case Commit.Publish publish -> {
                if (view().willReplace()) {
                    live.clear();
                }
                live.addAll(open);
                open.clear();
            }
            case Commit.Drop drop -> open.clear();
        }
        progress.apply(commit);
    }

    private void written(Commit.Data data) {
        View before = view();
        if (before.isLive(data.generation())) {
            data.fragments().forEach(fragment -> live.add(fragment.target()));
        } else if (before.progress()
                .open()
                .filter(each -> each.generation().id().equals(data.generation()))
                .isPresent()) {
            data.fragments().forEach(fragment -> open.add(fragment.target()));
        }
    }

    /// Whether `other` holds commits that this one doesn't.
    boolean isBehind(Standing other) {
        return other.progress.view().lanes().entrySet().stream()
                .anyMatch(each -> each.getValue().last() > progress.last(each.getKey()));
    }
}
