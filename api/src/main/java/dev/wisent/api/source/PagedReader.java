package dev.wisent.api.source;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Fetches the pages of one chain, in order. A page's number is its ordinal.
final class PagedReader implements SplitReader {
    /// What a record takes in memory besides its characters.
    private static final int RECORD_OVERHEAD = 64;

    private final PagedSource source;
    private final StreamId stream;
    private final Semaphore wakeUps = new Semaphore(0);
    private Optional<Chain> chain = Optional.empty();
    private Optional<SplitId> paused = Optional.empty();

    PagedReader(PagedSource source, StreamId stream) {
        this.source = source;
        this.stream = stream;
    }

    /// The records of one page, numbered from 1.
    record Numbered(long number, List<String> records) {}

    private record Chain(Split split, Position at) {
        Optional<String> since() {
            return split.spec().isEmpty() ? Optional.empty() : Optional.of(split.spec());
        }
    }

    @Override
    public void add(Split split, Position after) {
        chain = Optional.of(new Chain(split, after));
    }

    @Override
    public void pause(SplitId split) {
        paused = Optional.of(split);
    }

    @Override
    public void resume(SplitId split) {
        paused = paused.filter(id -> !id.equals(split));
    }

    @Override
    public void remove(SplitId split) {
        chain = chain.filter(c -> !c.split().id().equals(split));
        resume(split);
    }

    @Override
    public Fetched poll(Duration wait) {
        Optional<Chain> open =
                chain.filter(c -> !paused.equals(Optional.of(c.split().id())));
        if (open.isEmpty()) {
            await(wait);
            return new Fetched.Idle();
        }
        return next(open.get());
    }

    private Fetched next(Chain open) {
        SplitId id = open.split().id();
        PageToken before = PageToken.of(open.at());
        if (open.at().ordinal() > 0 && before.next().isEmpty()) {
            chain = Optional.empty();
            return new Fetched.Ended(id, Optional.of(open.at()));
        }
        return switch (source.fetch(new PageRequest(stream, open.since(), before.next()))) {
            case Page.Expired(String why) -> {
                chain = Optional.empty();
                yield new Fetched.Expired(id, why);
            }
            case Page.Records page -> {
                if (page.next().isPresent() && page.next().equals(before.next())) {
                    throw WisentException.of(ErrorCode.SOURCE_REGRESSED, "a page names itself as the next one")
                            .where("stream " + stream + ", page " + page.next().get());
                }
                Optional<String> cursor = page.cursor().or(before::cursor).or(open::since);
                long number = open.at().ordinal() + 1;
                Position at = new PageToken(page.next(), cursor).at(number);
                chain = Optional.of(new Chain(open.split(), at));
                yield fetched(id, new Numbered(number, page.records()), Stand.safe(at));
            }
        };
    }

    private static Fetched fetched(SplitId id, Numbered page, Stand stand) {
        if (page.records().isEmpty()) {
            return new Fetched.Moved(id, stand);
        }
        long bytes = page.records().stream()
                .mapToLong(r -> 2L * r.length() + RECORD_OVERHEAD)
                .sum();
        long micros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        return new Fetched.Chunk(id, new Payload.Client(page, bytes), micros, Optional.of(stand));
    }

    private void await(Duration wait) {
        try {
            if (wakeUps.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void committed(SplitId split, Position upTo) {}

    @Override
    public void wakeUp() {
        wakeUps.release();
    }

    @Override
    public void close() {}
}
