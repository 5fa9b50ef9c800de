package dev.wisent.engine.internal.queue;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
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
import dev.wisent.columnar.Schema;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// One lane of a queue as a source: its splits are the strands of one extraction, and an entry is a step of one.
final class FeedSource implements Source {
    private final LaneFeed feed;
    private final Entry.Strand any;
    private final Predicate<SplitId> finished;

    /// @param any a strand of the lane and extraction that is read
    /// @param finished whether a strand is loaded to its end
    FeedSource(LaneFeed feed, Entry.Strand any, Predicate<SplitId> finished) {
        this.feed = feed;
        this.any = any;
        this.finished = finished;
    }

    private Entry.Strand strand(int number) {
        return new Entry.Strand(any.job(), any.lane(), any.epoch(), any.origin(), number, any.of());
    }

    @Override
    public void check() {}

    @Override
    public List<StreamInfo> streams() {
        return List.of();
    }

    @Override
    public Traits traits(StreamId stream) {
        return new Traits(
                Traits.Replay.EXACT, Traits.Readers.ONE_A_SPLIT, Traits.Publish.EACH_COMMIT, Traits.Shape.COLUMNS);
    }

    @Override
    public String fingerprint(StreamId stream) {
        return "";
    }

    /// Each attempt plans once: the queue then delivers again what was not acknowledged.
    @Override
    public Planner plan(ReadRequest request) {
        feed.reopen();
        List<Split> splits = IntStream.range(0, any.of())
                .mapToObj(number -> {
                    SplitId id = strand(number).split();
                    if (finished.test(id)) {
                        feed.finished(number);
                    }
                    return new Split(id, "strand " + number, Integer.toString(number), OptionalLong.empty());
                })
                .toList();
        return new StrandPlan(splits);
    }

    private static final class StrandPlan implements Planner {
        private final List<Split> splits;
        private boolean named;

        StrandPlan(List<Split> splits) {
            this.splits = splits;
        }

        @Override
        public StreamState opening() {
            return StreamState.EMPTY;
        }

        @Override
        public Optional<Schema> schema() {
            return Optional.empty();
        }

        @Override
        public PlanPage next(Duration wait) {
            if (named) {
                return new PlanPage.Complete();
            }
            named = true;
            return new PlanPage.Splits(splits, List.of());
        }

        @Override
        public void close() {}
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new StrandReader();
    }

    private final class StrandReader implements SplitReader {
        private final Map<SplitId, Integer> numbers = new HashMap<>();

        @Override
        public void add(Split split, Position after) {
            int number = Integer.parseInt(split.spec());
            numbers.put(split.id(), number);
            feed.add(number, after.ordinal());
        }

        @Override
        public void pause(SplitId split) {}

        @Override
        public void resume(SplitId split) {}

        @Override
        public void remove(SplitId split) {
            numbers.remove(split);
        }

        @Override
        public Fetched poll(Duration wait) {
            for (int number : numbers.values()) {
                return feed.poll(number, strand(number), wait);
            }
            return new Fetched.Idle();
        }

        @Override
        public void committed(SplitId split, Position upTo) {
            Optional.ofNullable(numbers.get(split)).ifPresent(number -> feed.committed(number, upTo.ordinal()));
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        RowBlockReader reader = new RowBlockReader();
        return new Decoder() {
            @Override
            public void decode(Fetched.Chunk chunk, BatchSink out) {
                if (chunk.payload() instanceof Payload.Client(Object value, long bytes)
                        && value instanceof ByteBuffer rows) {
                    reader.read(rows, batch -> out.rows(batch, chunk.stand().orElseThrow()));
                }
            }

            @Override
            public void end(BatchSink out) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
