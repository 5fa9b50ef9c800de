package dev.wisent.connectors.core.file;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Progress;
import java.util.Optional;

/// What the bookkeeping says up to commit [#n]. One thread.
final class State {
    private final Progress progress;
    private final Contents contents;
    private long base;
    /// What the last commit that is no claim asks for, until this instance has seen it done: whoever commits has done
    /// all before.
    private Effect due = new Effect.Nothing();

    State(Progress progress, Contents contents, long base) {
        this.progress = progress;
        this.contents = contents;
        this.base = base;
    }

    static State empty() {
        return new State(new Progress(), new Contents(), 0);
    }

    Progress progress() {
        return progress;
    }

    Contents contents() {
        return contents;
    }

    long n() {
        return progress.last(LaneId.FIRST);
    }

    /// The commit up to which a base holds everything; 0: there is none.
    long base() {
        return base;
    }

    void based(long n) {
        base = n;
    }

    Effect due() {
        return due;
    }

    void done() {
        due = new Effect.Nothing();
    }

    void take(Commit commit, Optional<String> whole) {
        progress.apply(commit);
        Effect effect = contents.take(commit, whole);
        if (!(commit instanceof Commit.Claim)) {
            due = effect;
        }
    }
}
