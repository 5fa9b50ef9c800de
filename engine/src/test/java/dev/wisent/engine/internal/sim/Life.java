package dev.wisent.engine.internal.sim;

import dev.wisent.engine.internal.queue.Extraction;
import dev.wisent.engine.internal.queue.LaneLoader;
import dev.wisent.engine.internal.run.StreamResult;
import dev.wisent.engine.internal.run.StreamRun;
import dev.wisent.engine.internal.task.Share;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/// One start of the engine: running, frozen (a process that was stopped, or seems dead), or dead.
final class Life {
    enum State {
        RUNNING,
        FROZEN,
        DEAD
    }

    /// So small that most histories fill them.
    static final long SHARE = 1000;

    final int number;
    final String run;
    /// What it meets may fail for good; never in the last lives, which must come to an end.
    final boolean mayFail;
    final AtomicBoolean jumbo = new AtomicBoolean();
    final Share ship = new Share("ship", SHARE, new AtomicBoolean());
    State state = State.RUNNING;
    Optional<StreamRun> engine = Optional.empty();
    /// The engine extracts into a queue.
    Optional<Extraction> extraction = Optional.empty();
    /// It loads from a queue, a lane each.
    List<LaneLoader> loaders = List.of();
    /// It is inside a destination call, which other lives interrupt.
    int inCall;
    /// When it was told to stop.
    OptionalLong stoppedAt = OptionalLong.empty();
    /// It may not read it all.
    boolean capped;
    /// Its source went back, so it has to fail.
    boolean sentBack;
    long pollsAfterGrace;
    long rowsSinceCut;

    Life(int number, boolean mayFail) {
        this(number, mayFail, "run");
    }

    /// @param runs what the name of its run begins with: no two are the same for ever
    Life(int number, boolean mayFail, String runs) {
        this.number = number;
        this.run = runs + number;
        this.mayFail = mayFail;
    }

    boolean isLoader() {
        return !loaders.isEmpty();
    }

    /// How it ended.
    Optional<StreamResult> result() {
        if (isLoader()) {
            return loaders.stream().allMatch(loader -> loader.result().isPresent())
                    ? Optional.of(loaders.stream()
                            .map(loader -> loader.result().orElseThrow())
                            .reduce(Life::sum)
                            .orElseThrow())
                    : Optional.empty();
        }
        return extraction.isPresent()
                ? extraction.get().result()
                : engine.orElseThrow().result();
    }

    /// Whether a lane it loads has failed.
    boolean hasFailed() {
        return loaders.stream()
                .flatMap(loader -> loader.result().stream())
                .anyMatch(result -> result.error().isPresent());
    }

    private static StreamResult sum(StreamResult a, StreamResult b) {
        StreamResult worse = a.error().isPresent() ? a : b;
        return new StreamResult(
                a.stream(),
                worse.status(),
                a.counts().plus(b.counts()),
                a.commits() + b.commits(),
                0,
                0,
                0,
                0,
                a.statistics().plus(b.statistics()),
                List.of(),
                worse.error());
    }

    void stop() {
        loaders.forEach(LaneLoader::stop);
        extraction.ifPresentOrElse(Extraction::stop, () -> engine.ifPresent(StreamRun::stop));
    }
}
