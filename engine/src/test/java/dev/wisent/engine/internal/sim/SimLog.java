package dev.wisent.engine.internal.sim;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.Traits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/// A log without end, in partitions that grow and become more, trimmed up to what was acknowledged. With transactions: reading
/// may resume only at
/// their ends, and one is handed out only when its end is there; between them keepalives move the position.
final class SimLog extends SimSource {
    enum Kind {
        RECORDS,
        TRANSACTIONS
    }

    private static final int TRANSACTION = 4;
    private final Kind kind;
    private final TreeMap<String, List<Long>> partitions = new TreeMap<>();
    private final Map<String, Long> acknowledged = new HashMap<>();
    private long nextId;

    SimLog(Random random, Kind kind) {
        super(random);
        this.kind = kind;
        for (int i = 0; i < (kind == Kind.TRANSACTIONS ? 1 : 3); i++) {
            partitions.put("p" + i, new ArrayList<>());
        }
        change(random);
    }

    @Override
    void change(Random random) {
        if (kind == Kind.RECORDS && random.nextInt(3) == 0) {
            partitions.put("p" + partitions.size(), new ArrayList<>());
        }
        for (List<Long> partition : partitions.values()) {
            int more = random.nextInt(12);
            for (int i = 0; i < more; i++) {
                // Keepalives stand in the log as well, as negative entries.
                partition.add(kind == Kind.TRANSACTIONS && random.nextInt(6) == 0 ? -1 : nextId++);
            }
            while (kind == Kind.TRANSACTIONS && partition.size() % TRANSACTION != 0) {
                partition.add(nextId++);
            }
        }
    }

    @Override
    Traits traits() {
        return new Traits(Traits.Replay.EXACT, Traits.Readers.SHARED, Traits.Publish.EACH_COMMIT, Traits.Shape.COLUMNS);
    }

    @Override
    String fingerprint() {
        return "log";
    }

    @Override
    PlannerBody plan(ReadRequest request) {
        TreeSet<String> named = new TreeSet<>();
        return () -> {
            for (String partition : partitions.keySet()) {
                if (named.add(partition)) {
                    return new PlanPage.Splits(List.of(split(partition)), List.of());
                }
            }
            return new PlanPage.NothingNew();
        };
    }

    @Override
    Fetched fetch(Split split, Position after, Life life) {
        String partition = split.id().value();
        int at = (int) after.ordinal();
        if (at < acknowledged.getOrDefault(partition, 0L)) {
            expect(!life.run.equals(holder.get()), "read below what was acknowledged (R2)");
            return new Fetched.Expired(split.id(), "trimmed");
        }
        List<Long> log = partitions.get(partition);
        if (at == log.size()) {
            return new Fetched.Idle();
        }
        int to = Math.min(log.size(), at + 1 + random.nextInt(3));
        boolean safe = kind == Kind.RECORDS || to % TRANSACTION == 0;
        Position position = Position.at(to);
        List<Long> ids = log.subList(at, to).stream().filter(id -> id >= 0).toList();
        Stand stand = safe ? Stand.safe(position) : Stand.notHere(position);
        return ids.isEmpty() ? new Fetched.Moved(split.id(), stand) : chunk(split, ids, stand);
    }

    @Override
    void acknowledged(SplitId split, Position upTo) {
        acknowledged.merge(split.value(), upTo.ordinal(), Math::max);
    }

    @Override
    void judge(List<Long> visible) {
        TreeSet<Long> wanted = new TreeSet<>();
        partitions.values().forEach(p -> p.stream().filter(id -> id >= 0).forEach(wanted::add));
        wanted.removeAll(visible);
        expect(wanted.isEmpty(), "lost rows of the log: " + sample(wanted));
    }
}
