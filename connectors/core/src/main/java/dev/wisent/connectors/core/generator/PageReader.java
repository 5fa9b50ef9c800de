package dev.wisent.connectors.core.generator;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.core.internal.Pause;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Hands out page after page, the splits in turn. An endless stream whose rows are used up stays idle; a bounded one
/// ends.
final class PageReader implements SplitReader {
    private final GeneratorOptions options;
    private final Map<SplitId, Cursor> splits = new LinkedHashMap<>();
    private final Set<SplitId> paused = new HashSet<>();
    private final Pause pause = new Pause();
    private long nextPageNanos = System.nanoTime();

    private record Cursor(Pages pages, Position at, Ending ending) {}

    private enum Ending {
        ENDS,
        STAYS_IDLE
    }

    PageReader(GeneratorOptions options) {
        this.options = options;
    }

    @Override
    public void add(Split split, Position after) {
        Pages pages = Pages.of(split);
        splits.put(split.id(), new Cursor(pages, after, pages.stride() > 1 ? Ending.STAYS_IDLE : Ending.ENDS));
    }

    @Override
    public void pause(SplitId split) {
        paused.add(split);
    }

    @Override
    public void resume(SplitId split) {
        paused.remove(split);
    }

    @Override
    public void remove(SplitId split) {
        splits.remove(split);
        paused.remove(split);
    }

    @Override
    public Fetched poll(Duration wait) {
        Iterator<Map.Entry<SplitId, Cursor>> all = splits.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<SplitId, Cursor> entry = all.next();
            SplitId split = entry.getKey();
            Cursor cursor = entry.getValue();
            if (paused.contains(split)) {
                continue;
            }
            Optional<Pages.Page> page = cursor.pages().next(cursor.at());
            if (page.isPresent()) {
                return isDue(wait) ? fetch(split, cursor, page.get()) : new Fetched.Idle();
            }
            if (cursor.ending() == Ending.ENDS) {
                all.remove();
                return new Fetched.Ended(split, Optional.of(cursor.at()));
            }
        }
        pause.take(wait);
        return new Fetched.Idle();
    }

    private boolean isDue(Duration wait) {
        long left = nextPageNanos - System.nanoTime();
        if (options.sleep().isPositive() && left > 0) {
            pause.take(Pause.shorter(wait, Duration.ofNanos(left)));
            return nextPageNanos - System.nanoTime() <= 0;
        }
        return true;
    }

    private Fetched fetch(SplitId split, Cursor cursor, Pages.Page page) {
        if (options.failAtPage().orElse(0) == page.number()) {
            throw WisentException.of(ErrorCode.SOURCE_FAILED, "the generator was told to fail at page " + page.number())
                    .where("ids " + page.from() + " to " + page.to())
                    .hint("remove fail_at_page");
        }
        nextPageNanos = System.nanoTime() + options.sleep().toNanos();
        Position at = page.end();
        splits.remove(split);
        splits.put(split, new Cursor(cursor.pages(), at, cursor.ending()));
        // Small as it is, a page takes what its rows will need: the reader must not run ahead by millions of them.
        Payload payload = new Payload.Client(page, page.rows() * options.recordBytes());
        return new Fetched.Chunk(split, payload, Pause.nowMicros(), Optional.of(Stand.safe(at)));
    }

    /// Pages that are not due yet are left, unless there is no end to them.
    @Override
    public boolean isCaughtUp() {
        return splits.values().stream()
                .noneMatch(cursor -> !cursor.pages().isEndless()
                        && cursor.pages().next(cursor.at()).isPresent());
    }

    @Override
    public void committed(SplitId split, Position upTo) {}

    @Override
    public void wakeUp() {
        pause.end();
    }

    @Override
    public void close() {}
}
