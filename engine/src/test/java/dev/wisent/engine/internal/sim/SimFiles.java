package dev.wisent.engine.internal.sim;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.SyncMode;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.Traits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Files that come late, go, are rewritten and are corrupt; each is committed whole. A split's id holds the version, so a
/// rewritten file is another split.
final class SimFiles extends SimSource {
    private record Version(List<Long> ids, int corruptAt) {}

    private final SyncMode mode;
    private final TreeMap<String, String> listing = new TreeMap<>();
    private final Map<String, Version> versions = new HashMap<>();
    private long nextId;
    private int nextVersion;

    private final int names;
    private final boolean manyOpen;

    /// About `count` files, with names among `names`.
    SimFiles(Random random, SyncMode mode, int count, int names) {
        super(random);
        this.mode = mode;
        this.names = names;
        for (int i = 0; i < count; i++) {
            write("f" + random.nextInt(names), random);
        }
        manyOpen = nextId % 2 == 1;
    }

    private void write(String name, Random random) {
        String version = name + "@" + nextVersion++;
        List<Long> ids = new ArrayList<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            ids.add(nextId++);
        }
        boolean corrupt = random.nextInt(6) == 0;
        versions.put(version, new Version(ids, corrupt ? random.nextInt(ids.size() + 1) : -1));
        listing.put(name, version);
    }

    @Override
    void change(Random random) {
        for (int i = 0; i < Math.max(1, names / 500); i++) {
            write("f" + random.nextInt(names), random);
        }
        if (mode == SyncMode.FULL_REFRESH && random.nextInt(2) == 0 && listing.size() > 1) {
            listing.remove(listing.firstKey());
        }
    }

    @Override
    OptionalInt openSplits() {
        return manyOpen ? MANY_OPEN : OptionalInt.empty();
    }

    @Override
    Traits traits() {
        return new Traits(
                Traits.Replay.EXACT, Traits.Readers.ONE_A_SPLIT, Traits.Publish.EACH_COMMIT, Traits.Shape.COLUMNS);
    }

    @Override
    String fingerprint() {
        return "files";
    }

    @Override
    PlannerBody plan(ReadRequest request) {
        ArrayDeque<String> all = new ArrayDeque<>(listing.values());
        int most = 1 + names / 250;
        return () -> {
            if (all.isEmpty()) {
                return new PlanPage.Complete();
            }
            List<Split> page = new ArrayList<>();
            while (page.size() < most && !all.isEmpty()) {
                page.add(split(all.remove()));
            }
            return new PlanPage.Splits(page, List.of());
        };
    }

    /// A file is read as a whole: it can't be entered in its middle.
    @Override
    Position start(Split split, Position after) {
        return Position.START;
    }

    @Override
    Fetched fetch(Split split, Position after, Life life) {
        Version version = versions.get(split.id().value());
        int at = (int) after.ordinal();
        if (version.corruptAt() == at) {
            throw new SplitFailure(
                    Reject.Stage.DECOMPRESS, "corrupt", split.label(), new IllegalStateException("corrupt"));
        }
        if (at == version.ids().size()) {
            return new Fetched.Ended(split.id(), java.util.Optional.of(after));
        }
        int most =
                version.corruptAt() > at ? version.corruptAt() : version.ids().size();
        int to = at + 1 + random.nextInt(most - at);
        return chunk(split, version.ids().subList(at, to), Stand.notHere(Position.at(to)));
    }

    @Override
    boolean isCorrupt(SplitId split) {
        return versions.get(split.value()).corruptAt() >= 0;
    }

    @Override
    void judge(List<Long> visible) {
        TreeSet<Long> missing = new TreeSet<>();
        for (String version : listing.values()) {
            if (versions.get(version).corruptAt() < 0) {
                missing.addAll(versions.get(version).ids());
            }
        }
        TreeSet<Long> wanted = new TreeSet<>(missing);
        Set<Long> seen = new HashSet<>(visible);
        missing.removeIf(seen::contains);
        expect(missing.isEmpty(), "lost rows of files: " + sample(missing));
        TreeSet<Long> corrupt = new TreeSet<>();
        versions.values().stream().filter(v -> v.corruptAt() >= 0).forEach(v -> corrupt.addAll(v.ids()));
        corrupt.removeIf(row -> !seen.contains(row));
        expect(corrupt.isEmpty(), "rows of files that failed: " + sample(corrupt));
        if (mode == SyncMode.FULL_REFRESH) {
            TreeSet<Long> more = new TreeSet<>(seen);
            more.removeIf(wanted::contains);
            expect(more.isEmpty(), "rows of files that are no longer there: " + sample(more));
        }
    }
}
