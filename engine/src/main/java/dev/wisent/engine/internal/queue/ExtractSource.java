package dev.wisent.engine.internal.queue;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Lag;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The source of an extraction: it is told what the destination shows to be committed, not what the queue has taken (R2).
record ExtractSource(Source source, Stands stands, boolean early) implements Source {
    @Override
    public SplitReader reader(ReaderContext context) {
        return new Reader(source.reader(context));
    }

    private final class Reader implements SplitReader {
        private final SplitReader reader;
        private final Map<SplitId, Position> told = new HashMap<>();

        Reader(SplitReader reader) {
            this.reader = reader;
        }

        @Override
        public void add(Split split, Position after) {
            told.put(split.id(), after);
            reader.add(split, after);
        }

        @Override
        public void pause(SplitId split) {
            reader.pause(split);
        }

        @Override
        public void resume(SplitId split) {
            reader.resume(split);
        }

        @Override
        public void remove(SplitId split) {
            told.remove(split);
            reader.remove(split);
        }

        @Override
        public Fetched poll(Duration wait) {
            told.replaceAll(this::tell);
            Fetched fetched = reader.poll(wait);
            if (fetched instanceof Fetched.Ended(SplitId split, var at)) {
                told.remove(split);
            }
            return fetched;
        }

        @Override
        public void keep() {
            reader.keep();
        }

        @Override
        public boolean isCaughtUp() {
            return reader.isCaughtUp();
        }

        private Position tell(SplitId split, Position last) {
            return stands.of(split)
                    .filter(now -> now.ordinal() > last.ordinal())
                    .map(now -> {
                        reader.committed(split, now);
                        return now;
                    })
                    .orElse(last);
        }

        /// In the queue, not yet in the destination.
        @Override
        public void committed(SplitId split, Position upTo) {
            if (early) {
                reader.committed(split, upTo);
            }
        }

        @Override
        public void wakeUp() {
            reader.wakeUp();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    @Override
    public void check() {
        source.check();
    }

    @Override
    public List<StreamInfo> streams() {
        return source.streams();
    }

    @Override
    public Traits traits(StreamId stream) {
        return source.traits(stream);
    }

    @Override
    public OptionalInt openSplits(StreamId stream) {
        return source.openSplits(stream);
    }

    @Override
    public String fingerprint(StreamId stream) {
        return source.fingerprint(stream);
    }

    @Override
    public Planner plan(ReadRequest request) {
        return source.plan(request);
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return source.decoder(split, context);
    }

    @Override
    public Optional<Decoder> rejectDecoder(StreamId stream, DecodeContext context) {
        return source.rejectDecoder(stream, context);
    }

    @Override
    public void committed(Commit commit) {
        source.committed(commit);
    }

    @Override
    public Optional<String> unknownFrontier(StreamId stream) {
        return source.unknownFrontier(stream);
    }

    @Override
    public List<Lag> lag(StreamId stream) {
        return source.lag(stream);
    }

    @Override
    public Statistics statistics(Commit commit) {
        return source.statistics(commit);
    }

    @Override
    public void close() {
        source.close();
    }
}
