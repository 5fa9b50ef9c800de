package dev.wisent.engine.internal.sim;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
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
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedSet;
import java.util.function.Supplier;

/// A source whose content changes between lives, and which knows what a perfect run would have moved.
abstract class SimSource {
    static final Schema SCHEMA = Schema.of(Field.required("id", DataType.INT64));
    final Random random;
    /// The run that claimed the destination last: the only one that must not be sent back.
    Supplier<String> holder = () -> "";

    SimSource(Random random) {
        this.random = random;
    }

    abstract Traits traits();

    abstract String fingerprint();

    /// What happens to the source while no run looks.
    abstract void change(Random random);

    abstract PlannerBody plan(ReadRequest request);

    /// What comes of a split after `after`, once.
    abstract Fetched fetch(Split split, Position after, Life life);

    /// Everything up to `upTo` was acknowledged.
    void acknowledged(SplitId split, Position upTo) {}

    /// Throws [Violation] unless `visible` is what a perfect history leaves.
    abstract void judge(List<Long> visible);

    /// The planning of one attempt.
    interface PlannerBody {
        PlanPage next();
    }

    /// A chunk of ids. Its size in bytes is chance, now and then larger than the whole fetch share (R10).
    Fetched.Chunk chunk(Split split, List<Long> ids, Stand stand) {
        long bytes = random.nextInt(20) == 0 ? 3000 : 1 + random.nextInt(400);
        return new Fetched.Chunk(split.id(), new Payload.Client(ids, bytes), 1, Optional.of(stand));
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
            return new Planner() {
                @Override
                public StreamState opening() {
                    return StreamState.EMPTY;
                }

                @Override
                public Optional<Schema> schema() {
                    return Optional.of(SCHEMA);
                }

                @Override
                public PlanPage next(Duration wait) {
                    return body.next();
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
            reading.put(split.id(), new Reading(split, after));
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
            return fetched;
        }

        @Override
        public void committed(SplitId split, Position upTo) {
            acknowledged(split, upTo);
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }

    private static final class IdDecoder implements Decoder {
        private final RecordBatch batch = RecordBatch.of(SCHEMA);

        @Override
        @SuppressWarnings("unchecked")
        public void decode(Fetched.Chunk chunk, BatchSink out) {
            batch.clear();
            for (Long id : (List<Long>) ((Payload.Client) chunk.payload()).value()) {
                ((LongColumn) batch.column(0)).append(id);
                batch.endRow();
            }
            out.rows(batch, chunk.stand().orElseThrow());
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

    static String sample(SortedSet<Long> ids) {
        return ids.size() + " " + ids.stream().limit(10).toList();
    }
}
