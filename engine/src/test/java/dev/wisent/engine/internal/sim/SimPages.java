package dev.wisent.engine.internal.sim;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;

/// Pages over HTTP: the token is the next id, a page has another size each time, records come at the end, and in a full refresh
/// a token of an earlier life may have expired. An incremental run reads one window, whose id holds a counter.
final class SimPages extends SimSource {
    private final SyncMode mode;
    private long size;
    private final long firstSize;
    private int era;

    SimPages(Random random, SyncMode mode) {
        super(random);
        this.mode = mode;
        this.size = 5 + random.nextInt(25);
        this.firstSize = size;
    }

    @Override
    void change(Random random) {
        size += random.nextInt(10);
        if (mode == SyncMode.FULL_REFRESH && random.nextInt(3) == 0) {
            era++;
        }
    }

    @Override
    OptionalInt openSplits() {
        return firstSize % 2 == 1 ? MANY_OPEN : OptionalInt.empty();
    }

    @Override
    Traits traits() {
        return new Traits(
                Traits.Replay.PREFIX, Traits.Readers.ONE_A_SPLIT, Traits.Publish.AT_END, Traits.Shape.COLUMNS);
    }

    @Override
    String fingerprint() {
        return "pages";
    }

    @Override
    PlannerBody plan(ReadRequest request) {
        List<PlanPage> pages = new ArrayList<>();
        pages.add(new PlanPage.Splits(List.of(window(request)), List.of()));
        pages.add(new PlanPage.Complete());
        return () -> pages.size() > 1 ? pages.removeFirst() : pages.getFirst();
    }

    private Split window(ReadRequest request) {
        if (mode == SyncMode.FULL_REFRESH) {
            return split("all:0");
        }
        Map<SplitId, SplitView> splits = request.progress().splits();
        long cursor = 0;
        for (Map.Entry<SplitId, SplitView> entry : splits.entrySet()) {
            if (!entry.getValue().finished()) {
                return split(entry.getKey().value());
            }
            cursor = Math.max(
                    cursor, next(entry.getKey().value(), entry.getValue().position()));
        }
        return split("window" + (rules.test(Rule.NEW_WINDOW_NEW_ID) ? splits.size() : "") + ":" + cursor);
    }

    private static long next(String split, Position at) {
        if (at.token().isEmpty()) {
            return Long.parseLong(split.substring(split.indexOf(':') + 1));
        }
        return Long.parseLong(at.token().substring(0, at.token().indexOf('/')));
    }

    @Override
    Fetched fetch(Split split, Position after, Life life) {
        if (!after.token().isEmpty() && !after.token().endsWith("/" + era)) {
            return new Fetched.Expired(split.id(), "token of another era");
        }
        long from = next(split.id().value(), after);
        if (from >= size) {
            return new Fetched.Ended(split.id(), Optional.of(new Position(after.ordinal(), from + "/" + era)));
        }
        long to = Math.min(size, from + 1 + random.nextInt(5));
        List<Long> ids = new ArrayList<>();
        for (long id = from; id < to; id++) {
            ids.add(id);
        }
        return chunk(split, ids, Stand.safe(new Position(after.ordinal() + 1, to + "/" + era)));
    }

    /// A complete full refresh may have waited for its publication while records came: it is as of when it was read.
    @Override
    void judge(List<Long> visible) {
        TreeSet<Long> seen = new TreeSet<>(visible);
        long least = mode == SyncMode.FULL_REFRESH ? firstSize : size;
        TreeSet<Long> wanted = new TreeSet<>();
        for (long id = 0; id < Math.max(least, seen.isEmpty() ? 0 : seen.last() + 1); id++) {
            wanted.add(id);
        }
        wanted.removeAll(seen);
        expect(wanted.isEmpty(), "lost rows of pages: " + sample(wanted));
    }
}
