package dev.wisent.engine.internal.sim;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.Progress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What a folder's manifests add up to: progress, parts of each generation, and what the last commit that isn't a claim makes
/// visible.
final class FolderState {
    Progress progress = new Progress();
    long n;
    Set<String> live = new LinkedHashSet<>();
    private Set<String> open = new LinkedHashSet<>();
    private boolean replacing;
    Set<String> reveals = Set.of();
    Set<String> removes = Set.of();
    boolean replaces;

    void take(Commit commit) {
        boolean intoLive = commit instanceof Commit.Data data
                && data.generation().equals(progress.view().live().id());
        progress.apply(commit);
        n = commit.head().n();
        if (commit instanceof Commit.Claim) {
            return;
        }
        reveals = Set.of();
        removes = Set.of();
        replaces = false;
        switch (commit) {
            case Commit.Begin begin -> replacing = begin.generation().kind() == Generation.Kind.REPLACE;
            case Commit.Data data -> {
                Set<String> parts = new LinkedHashSet<>();
                data.fragments().stream().map(Fragment::description).forEach(parts::add);
                if (intoLive) {
                    live.addAll(parts);
                    reveals = parts;
                } else {
                    open.addAll(parts);
                }
            }
            case Commit.Publish publish -> {
                reveals = new LinkedHashSet<>(open);
                if (replacing) {
                    removes = live;
                    live = new LinkedHashSet<>();
                }
                replaces = replacing;
                live.addAll(open);
                open = new LinkedHashSet<>();
            }
            case Commit.Drop drop -> {
                removes = open;
                open = new LinkedHashSet<>();
            }
            case Commit.Claim claim -> {}
        }
    }

    boolean names(String part) {
        return live.contains(part) || open.contains(part);
    }

    FolderState copy(boolean withIds) {
        FolderState copy = new FolderState();
        Map<LaneId, Map<Long, CommitId>> ids = new HashMap<>();
        Map<Long, CommitId> all = progress.ids(LaneId.FIRST);
        Map<Long, CommitId> lost = new HashMap<>();
        all.keySet().forEach(number -> lost.put(number, new CommitId("lost")));
        ids.put(LaneId.FIRST, withIds ? all : lost);
        copy.progress = Progress.restore(progress.view(), ids);
        copy.n = n;
        copy.live = new LinkedHashSet<>(live);
        copy.open = new LinkedHashSet<>(open);
        copy.replacing = replacing;
        copy.reveals = reveals;
        copy.removes = removes;
        copy.replaces = replaces;
        return copy;
    }
}
