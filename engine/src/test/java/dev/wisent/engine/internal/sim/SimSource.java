package dev.wisent.engine.internal.sim;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// A source whose content changes between lives, and which knows what a perfect run would have moved.
abstract class SimSource {
    private static final int FAILS_ONE_IN = 150;
    private static final int FAILS_FOR_GOOD_ONE_IN = 1500;
    final Random random;
    /// The run that claimed the destination last: the only one that must not be sent back.
    Supplier<String> holder = () -> "";
    Judge judge = new Judge(() -> 0, Judge.MOST_ROWS_UNCUT);
    Predicate<Rule> rules = rule -> true;

    SimSource(Random random) {
        this.random = random;
    }

    abstract Traits traits();

    /// Many open at once: most wait with what was read ahead.
    static final OptionalInt MANY_OPEN = OptionalInt.of(11);

    /// How many splits are read at once.
    OptionalInt openSplits() {
        return OptionalInt.empty();
    }

    abstract String fingerprint();

    /// What happens to the source while no run looks.
    abstract void change(Random random);

    abstract PlannerBody plan(ReadRequest request);

    /// Where reading really starts when it is to go on after `after`: sources know no other places than safe ones.
    Position start(Split split, Position after) {
        return after;
    }

    /// What comes of a split after `after`, once.
    abstract Fetched fetch(Split split, Position after, Life life);

    /// Everything up to `upTo` was acknowledged.
    void acknowledged(SplitId split, Position upTo) {}

    /// Throws [Violation] unless `visible` is what a perfect history leaves.
    abstract void judge(List<Long> visible);

    /// The last run has ended.
    void rest() {}

    /// Whether everything it has is committed. A streaming run that was paused for long ends before.
    boolean isRead() {
        return true;
    }

    /// Whether `split` can't be read and must be among the rejects.
    boolean isCorrupt(SplitId split) {
        return false;
    }

    /// The planning of one attempt.
    interface PlannerBody {
        PlanPage next();
    }

    /// A chunk of rows.
    Fetched.Chunk chunk(Split split, List<Long> rows, Stand stand) {
        return new Fetched.Chunk(split.id(), new Payload.Client(rows, bytes(random)), 1, Optional.of(stand));
    }

    /// A size by chance, now and then larger than a whole share (R10).
    static int bytes(Random random) {
        return random.nextInt(20) == 0 ? 3000 : 1 + random.nextInt(400);
    }

    static Split split(String id) {
        return new Split(new SplitId(id), id, id, OptionalLong.empty());
    }

    /// This source as one life of the engine sees it.
    Source of(Life life) {
        return new View(life);
    }

    private final class View implements Source {
        private final Life life;

        View(Life life) {
            this.life = life;
        }

        @Override
        public void check() {}

        @Override
        public List<StreamInfo> streams() {
            return List.of();
        }

        @Override
        public OptionalInt openSplits(StreamId stream) {
            return SimSource.this.openSplits();
        }

        @Override
        public Traits traits(StreamId stream) {
            return SimSource.this.traits();
        }

        @Override
        public String fingerprint(StreamId stream) {
            return SimSource.this.fingerprint();
        }

        @Override
        public Planner plan(ReadRequest request) {
            PlannerBody body = SimSource.this.plan(request);
            judge.plans(life);
            return new Planner() {
                @Override
                public StreamState opening() {
                    return StreamState.EMPTY;
                }

                @Override
                public Optional<Schema> schema() {
                    return Optional.of(Rows.SCHEMA);
                }

                @Override
                public PlanPage next(Duration wait) {
                    PlanPage page = body.next();
                    judge.planned(life, page);
                    return page;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public SplitReader reader(ReaderContext context) {
            return new Reader(life);
        }

        @Override
        public Decoder decoder(Split split, DecodeContext context) {
            return new IdDecoder();
        }

        @Override
        public void close() {}
    }

    private final class Reader implements SplitReader {
        private record Reading(Split split, Position after) {}

        private final Map<SplitId, Reading> reading = new LinkedHashMap<>();
        private final ArrayDeque<SplitId> turn = new ArrayDeque<>();
        private final Life life;

        Reader(Life life) {
            this.life = life;
        }

        @Override
        public void add(Split split, Position after) {
            reading.put(split.id(), new Reading(split, start(split, after)));
            turn.add(split.id());
        }

        @Override
        public void pause(SplitId split) {}

        @Override
        public void resume(SplitId split) {}

        @Override
        public void remove(SplitId split) {
            reading.remove(split);
            turn.remove(split);
        }

        @Override
        public Fetched poll(Duration wait) {
            judge.polls(life);
            fail();
            if (turn.isEmpty()) {
                return new Fetched.Idle();
            }
            SplitId id = turn.remove();
            turn.add(id);
            Reading at = Optional.ofNullable(reading.get(id)).orElseThrow();
            Fetched fetched = fetch(at.split(), at.after(), life);
            switch (fetched) {
                case Fetched.Chunk chunk ->
                    reading.put(
                            id,
                            new Reading(at.split(), chunk.stand().orElseThrow().position()));
                case Fetched.Moved moved ->
                    reading.put(id, new Reading(at.split(), moved.stand().position()));
                case Fetched.Ended ended -> remove(id);
                case Fetched.Expired expired -> remove(id);
                case Fetched.Idle idle -> {}
            }
            if (!rules.test(Rule.ACKNOWLEDGED_AFTER_COMMIT)) {
                acknowledge(id, at.after());
            }
            return fetched;
        }

        private void fail() {
            if (random.nextInt(FAILS_ONE_IN) == 0) {
                throw WisentException.transientFailure(
                        ErrorCode.SOURCE_CONNECTION, "no answer", new IllegalStateException("no answer"));
            }
            if (life.mayFail && random.nextInt(FAILS_FOR_GOOD_ONE_IN) == 0) {
                throw WisentException.of(ErrorCode.SOURCE_FAILED, "failed for good");
            }
        }

        @Override
        public void committed(SplitId split, Position upTo) {
            Reading at = reading.get(split);
            acknowledge(split, at == null || rules.test(Rule.ACKNOWLEDGED_UP_TO_COMMIT) ? upTo : at.after());
        }

        private void acknowledge(SplitId split, Position upTo) {
            judge.acknowledged(life, split, upTo);
            acknowledged(split, upTo);
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }

    private static final class IdDecoder implements Decoder {
        private final RecordBatch batch = RecordBatch.of(Rows.SCHEMA);

        @Override
        @SuppressWarnings("unchecked")
        public void decode(Fetched.Chunk chunk, BatchSink out) {
            List<Long> rows = (List<Long>) ((Payload.Client) chunk.payload()).value();
            out.rows(Rows.fill(batch, rows), chunk.stand().orElseThrow());
        }

        @Override
        public void end(BatchSink out) {}

        @Override
        public void close() {}
    }

    static void expect(boolean holds, String what) {
        if (!holds) {
            throw new Violation(what);
        }
    }

    static String sample(SortedSet<Long> rows) {
        return rows.size() + " " + rows.stream().limit(10).map(Rows::name).toList();
    }
}
