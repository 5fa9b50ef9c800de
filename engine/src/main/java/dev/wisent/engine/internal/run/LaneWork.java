package dev.wisent.engine.internal.run;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.RejectFile;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.destination.LaneWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// What one worker did for one lane since its last cut there.
final class LaneWork {
    final LaneId lane;
    final LaneWriter writer;
    final RejectLog rejects;
    final Latency latency = new Latency();
    Counts counts = Counts.NONE;
    /// Splits that ended or failed since the last cut.
    final List<OpenSplit> ended = new ArrayList<>();
    /// Somebody wants a cut; how badly.
    Optional<Cut.Urgency> due = Optional.empty();
    /// The committer waits for an answer to its question.
    boolean asked;
    /// When the first work since the last cut was done.
    Optional<Long> since = Optional.empty();

    /// Failures since the last cut.
    long failures;
    private final BooleanSupplier full;
    private final LongConsumer uncount;

    /// @param full whether more must not be written now
    LaneWork(LaneId lane, LaneWriter writer, RejectLog rejects, BooleanSupplier full, LongConsumer uncount) {
        this.full = full;
        this.uncount = uncount;
        this.lane = lane;
        this.writer = writer;
        this.rejects = rejects;
    }

    /// As many cuts wait for their commit as may: each is an open transaction.
    boolean isFull() {
        return full.getAsBoolean();
    }

    void touch(long now) {
        if (since.isEmpty()) {
            since = Optional.of(now);
        }
    }

    void wantCut(Cut.Urgency urgency) {
        if (due.isEmpty() || urgency == Cut.Urgency.NOW) {
            due = Optional.of(urgency);
        }
    }

    /// Flushes everything into a cut; every split of the lane must stand SAFE.
    Cut cut(List<Advance> advances) {
        List<RejectFile> files = new ArrayList<>();
        rejects.seal().ifPresent(files::add);
        Cut cut = new Cut(
                lane, advances, writer.flush(), counts, files, latency.take(), due.orElse(Cut.Urgency.WHEN_DUE));
        clear();
        return cut;
    }

    /// Throws away everything since the last cut.
    void drop() {
        writer.drop();
        uncount.accept(failures);
        rejects.discard();
        latency.take();
        Optional<Cut.Urgency> stillDue = due;
        clear();
        due = stillDue;
    }

    private void clear() {
        counts = Counts.NONE;
        failures = 0;
        ended.clear();
        due = Optional.empty();
        since = Optional.empty();
    }
}
