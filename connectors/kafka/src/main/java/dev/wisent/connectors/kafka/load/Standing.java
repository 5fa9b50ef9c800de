package dev.wisent.connectors.kafka.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.api.commit.Progress;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Where a stream stands: its progress, and which targets have rows.
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

    /// Targets whose rows people see.
    Set<TargetId> live() {
        return Set.copyOf(live);
    }

    /// Targets of the generation that is hidden.
    Set<TargetId> open() {
        return Set.copyOf(open);
    }

    Optional<OpenGeneration> generation() {
        return progress.view().open();
    }

    boolean isLive(GenerationId generation) {
        return progress.view().live().id().equals(generation);
    }

    void apply(Commit commit) {
        switch (commit) {
            case Commit.Claim claim -> {}
            case Commit.Begin begin -> open.clear();
            case Commit.Data data -> {
                Set<TargetId> into = isLive(data.generation()) ? live : open;
                data.fragments().forEach(fragment -> into.add(fragment.target()));
            }
            case Commit.Publish publish -> {
                boolean replaces = generation()
                        .filter(each -> each.generation().kind() == Generation.Kind.REPLACE)
                        .isPresent();
                if (replaces) {
                    live.clear();
                }
                live.addAll(open);
                open.clear();
            }
            case Commit.Drop drop -> open.clear();
        }
        progress.apply(commit);
    }
}
