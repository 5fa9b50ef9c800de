package dev.wisent.engine;

import dev.wisent.api.StreamId;
import dev.wisent.api.source.Lag;
import dev.wisent.api.source.Source;
import dev.wisent.engine.internal.run.StreamResult;
import dev.wisent.engine.internal.run.StreamRun;
import dev.wisent.engine.internal.task.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Waits for a stream run's end and tells the listener how far it is: the run's clock for people.
final class Watch {
    private static final long TICK_NANOS = Duration.ofMillis(5).toNanos();
    private static final long TELL_NANOS = Duration.ofMillis(200).toNanos();

    private final StreamRun run;
    private final Supplier<Optional<StreamResult>> ended;
    private final Supplier<List<Lag>> lag;
    private final StreamId stream;
    private final RunListener listener;
    private final Share ship;
    private final Standstill standstill = new Standstill(Standstill.AFTER);

    Watch(StreamRun run, Source source, StreamId stream, RunListener listener, Share ship) {
        this(run, run::result, source, stream, listener, ship);
    }

    /// @param ended how the whole ended of which `run` is what people watch
    Watch(
            StreamRun run,
            Supplier<Optional<StreamResult>> ended,
            Source source,
            StreamId stream,
            RunListener listener,
            Share ship) {
        this.run = run;
        this.lag = () -> source.lag(stream);
        this.ended = ended;
        this.stream = stream;
        this.listener = listener;
        this.ship = ship;
    }

    /// Waits without telling anybody.
    static StreamResult await(Supplier<Optional<StreamResult>> ended) {
        Optional<StreamResult> result = ended.get();
        while (result.isEmpty()) {
            LockSupport.parkNanos(TICK_NANOS);
            result = ended.get();
        }
        return result.get();
    }

    StreamResult await() {
        long start = System.nanoTime();
        long told = start;
        Optional<StreamResult> result = ended.get();
        while (result.isEmpty()) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            if (now - told >= TELL_NANOS) {
                told = now;
                long mark =
                        run.tally().rows() + run.tally().bytes() + run.tally().commits();
                standstill.look(now, mark, holders()).ifPresent(text -> listener.warning(stream, text));
                var tally = run.tally();
                listener.progress(
                        stream,
                        new RunListener.Snapshot(
                                tally.rows(),
                                tally.bytes(),
                                tally.rejects(),
                                tally.commits(),
                                Duration.ofNanos(now - start),
                                tally.expectedBytes(),
                                lag.get(),
                                tally.latencyP50(),
                                tally.latencyP99()));
            }
            result = ended.get();
        }
        return result.get();
    }

    private List<Share> holders() {
        return Stream.concat(run.shares().stream(), Stream.of(ship)).toList();
    }
}
