package dev.wisent.connectors.core.dummy;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.core.internal.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Hands out the pages, each after its sleep.
final class DummyReader implements SplitReader {
    private final List<List<String>> pages;
    private final Duration sleep;
    private final DummySource.End end;
    private final Pause pause = new Pause();
    private Optional<SplitId> split = Optional.empty();
    private boolean paused;
    private long at;
    private long dueNanos;

    DummyReader(List<List<String>> pages, Duration sleep, DummySource.End end) {
        this.pages = pages;
        this.sleep = sleep;
        this.end = end;
    }

    @Override
    public void add(Split added, Position after) {
        split = Optional.of(added.id());
        at = after.ordinal();
        dueNanos = System.nanoTime() + sleep.toNanos();
    }

    @Override
    public void pause(SplitId id) {
        paused = true;
    }

    @Override
    public void resume(SplitId id) {
        paused = false;
    }

    @Override
    public void remove(SplitId id) {
        split = Optional.empty();
        paused = false;
    }

    @Override
    public Fetched poll(Duration wait) {
        boolean atEnd = at >= pages.size();
        if (split.isEmpty() || paused || (atEnd && end == DummySource.End.STAYS_OPEN)) {
            pause.take(wait);
            return new Fetched.Idle();
        }
        SplitId id = split.get();
        if (atEnd) {
            split = Optional.empty();
            return new Fetched.Ended(id, Optional.of(Position.at(at)));
        }
        long left = dueNanos - System.nanoTime();
        if (left > 0) {
            pause.take(Pause.shorter(wait, Duration.ofNanos(left)));
            if (dueNanos - System.nanoTime() > 0) {
                return new Fetched.Idle();
            }
        }
        List<String> page = pages.get((int) at);
        at++;
        dueNanos = System.nanoTime() + sleep.toNanos();
        long bytes = page.stream().mapToLong(String::length).sum();
        return new Fetched.Chunk(
                id,
                new Payload.Client(new DummyDecoder.Page(at, page), bytes),
                Pause.nowMicros(),
                Optional.of(Stand.safe(Position.at(at))));
    }

    @Override
    public void committed(SplitId id, Position upTo) {}

    @Override
    public void wakeUp() {
        pause.end();
    }

    @Override
    public void close() {}
}
