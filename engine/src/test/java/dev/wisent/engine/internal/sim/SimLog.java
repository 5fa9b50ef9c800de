package dev.wisent.engine.internal.sim;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.RowOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/// A log without end, in partitions that grow and become more, trimmed up to what was acknowledged. With transactions it is a
/// log of changes: rows are inserted, updated, deleted, tables truncated; reading may resume only at a transaction's end, and
/// one is handed out only when its end is there; between them keepalives move the position. Now and then a broken source goes
/// back (R3).
final class SimLog extends SimSource {
    enum Kind {
        RECORDS(3, 0),
        CHANGES(1, 0),
        /// Changes in many partitions that grow while they are read.
        BUSY(24, 500);

        private final int partitions;
        private final int growth;

        Kind(int partitions, int growth) {
            this.partitions = partitions;
            this.growth = growth;
        }
    }

    private static final int TRANSACTION = 4;
    private static final int GOES_BACK_ONE_IN = 200;
    private final Kind kind;
    private final TreeMap<String, List<Long>> partitions = new TreeMap<>();
    private final Map<String, Long> acknowledged = new HashMap<>();
    private long nextId;
    private int growth;
    private boolean grows = true;

    SimLog(Random random, Kind kind) {
        super(random);
        this.kind = kind;
        this.growth = kind.growth;
        for (int i = 0; i < kind.partitions; i++) {
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
            grow(partition, random.nextInt(kind == Kind.BUSY ? 4 : 12));
        }
    }

    private void grow(List<Long> partition, int more) {
        for (int i = 0; i < more; i++) {
            // Keepalives stand in the log as well, as negative entries.
            partition.add(kind != Kind.RECORDS && random.nextInt(6) == 0 ? -1 : next());
        }
        while (kind != Kind.RECORDS && partition.size() % TRANSACTION != 0) {
            partition.add(next());
        }
    }

    private long next() {
        RowOp[] ops = RowOp.values();
        return Rows.row(nextId++, kind == Kind.RECORDS ? RowOp.INSERT : ops[random.nextInt(ops.length)]);
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

    /// A transaction can only be read from its start.
    @Override
    Position start(Split split, Position after) {
        return kind == Kind.RECORDS ? after : Position.at(after.ordinal() / TRANSACTION * TRANSACTION);
    }

    @Override
    Fetched fetch(Split split, Position after, Life life) {
        String partition = split.id().value();
        int at = (int) after.ordinal();
        long kept = acknowledged.getOrDefault(partition, 0L);
        if (at < kept) {
            expect(life.sentBack || !life.run.equals(holder.get()), "read below what was acknowledged (R2)");
            return new Fetched.Expired(split.id(), "trimmed");
        }
        if (life.mayFail && at - TRANSACTION >= kept && random.nextInt(GOES_BACK_ONE_IN) == 0) {
            at -= TRANSACTION;
            life.sentBack = true;
        }
        List<Long> log = partitions.get(partition);
        if (growth > 0 && log.size() - at < TRANSACTION && grows && life.run.equals(holder.get())) {
            growth -= TRANSACTION;
            grow(log, TRANSACTION);
        }
        if (at == log.size()) {
            return new Fetched.Idle();
        }
        int to = Math.min(log.size(), at + 1 + random.nextInt(TRANSACTION - 1));
        Position position = Position.at(to);
        List<Long> rows = log.subList(at, to).stream().filter(row -> row >= 0).toList();
        Stand stand = kind == Kind.RECORDS || to % TRANSACTION == 0 ? Stand.safe(position) : Stand.notHere(position);
        return rows.isEmpty() ? new Fetched.Moved(split.id(), stand) : chunk(split, rows, stand);
    }

    @Override
    void acknowledged(SplitId split, Position upTo) {
        acknowledged.merge(split.value(), upTo.ordinal(), Math::max);
    }

    @Override
    void rest() {
        grows = false;
    }

    @Override
    boolean isRead() {
        return partitions.entrySet().stream()
                .allMatch(p -> judge.stands(new SplitId(p.getKey())).ordinal()
                        == p.getValue().size());
    }

    @Override
    void judge(List<Long> visible) {
        TreeSet<Long> wanted = new TreeSet<>();
        partitions.values().forEach(p -> p.stream().filter(row -> row >= 0).forEach(wanted::add));
        TreeSet<Long> more = new TreeSet<>(visible);
        more.removeAll(wanted);
        wanted.removeAll(visible);
        expect(wanted.isEmpty(), "lost rows of the log: " + sample(wanted));
        expect(more.isEmpty(), "rows the log does not have: " + sample(more));
    }
}
