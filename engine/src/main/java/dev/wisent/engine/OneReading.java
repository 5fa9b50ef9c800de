package dev.wisent.engine;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.engine.internal.run.RowShaper;
import dev.wisent.engine.internal.transform.AsRead;
import dev.wisent.engine.internal.transform.TransformChain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads a stream once, from its beginning, through transforms and shaping: what a first run would write, but nothing is
/// claimed, asked of a destination, or written. Source and transforms stay open. One thread.
final class OneReading {
    private static final Duration WAIT = Duration.ofMillis(100);

    private final Pipeline pipeline;
    private final Duration patience;
    private final Taker taker;

    /// What rows go through.
    private record Way(TransformChain transforms, RowShaper shaper) {}

    /// Takes what is read.
    interface Taker extends RowShaper.Out {
        boolean isEnough();

        /// A record, or an input, that can't be processed.
        void refuse(Reject reject);

        /// There may be more, but it does not come.
        void gaveUp(String why);
    }

    /// @param patience how long a source may have nothing to give before it counts as having no more
    OneReading(Pipeline pipeline, Duration patience, Taker taker) {
        this.pipeline = pipeline;
        this.patience = patience;
        this.taker = taker;
    }

    /// Reads until the taker has enough, or to the end; returns what the planner has to say.
    List<String> read() {
        ReadRequest request =
                new ReadRequest(pipeline.stream(), mode(), GenerationView.EMPTY, StreamState.EMPTY, Optional.empty());
        PipelineRun.checkTransforms(pipeline);
        try (Planner planner = pipeline.source().plan(request);
                TransformChain transforms = new TransformChain(pipeline.transforms())) {
            planner.opening();
            Optional<StreamSchema> schema = planner.schema().map(StreamSchema::new);
            Way way = new Way(transforms, PipelineRun.shapers(pipeline).make());
            long giveUp = System.nanoTime() + patience.toNanos();
            boolean more = true;
            while (more && !taker.isEnough()) {
                switch (planner.next(WAIT)) {
                    case PlanPage.Splits(List<Split> page, var forgotten) -> {
                        page.stream().takeWhile(split -> !taker.isEnough()).forEach(split -> read(split, schema, way));
                        giveUp = System.nanoTime() + patience.toNanos();
                    }
                    case PlanPage.NothingNew nothing -> {
                        more = System.nanoTime() < giveUp;
                        if (!more) {
                            taker.gaveUp("no further split was named for " + patience.toSeconds() + " s");
                        }
                    }
                    case PlanPage.Complete all -> more = false;
                }
            }
            return planner.warnings();
        }
    }

    /// Everything there is, where the stream can be read so.
    private SyncMode mode() {
        SyncMode mode = PipelineRun.mode(pipeline);
        boolean bounded = PipelineRun.info(pipeline).modes().contains(SyncMode.FULL_REFRESH);
        return mode == SyncMode.INCREMENTAL && bounded ? SyncMode.FULL_REFRESH : mode;
    }

    private void read(Split split, Optional<StreamSchema> schema, Way way) {
        long giveUp = System.nanoTime() + patience.toNanos();
        try (SplitReader reader = pipeline.source().reader(new ReaderContext(pipeline.stream()));
                Decoder decoder = pipeline.source().decoder(split, new DecodeContext(Position.START, schema))) {
            reader.add(split, Position.START);
            while (!taker.isEnough()) {
                switch (reader.poll(WAIT)) {
                    case Fetched.Chunk chunk -> {
                        decoder.decode(chunk, new Sink(split, way, chunk.fetchedAtMicros()));
                        giveUp = System.nanoTime() + patience.toNanos();
                    }
                    case Fetched.Ended ended -> {
                        decoder.end(new Sink(split, way, nowMicros()));
                        return;
                    }
                    case Fetched.Expired expired -> {
                        taker.gaveUp(split.label() + " expired: " + expired.why());
                        return;
                    }
                    case Fetched.Moved moved -> {}
                    case Fetched.Idle idle -> {
                        if (System.nanoTime() >= giveUp) {
                            taker.gaveUp(split.label() + " gave nothing for " + patience.toSeconds() + " s");
                            return;
                        }
                    }
                }
            }
        } catch (SplitFailure unusable) {
            taker.refuse(new Reject(
                    0,
                    unusable.stage(),
                    split.label(),
                    0,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    new byte[0],
                    0,
                    unusable.code().id(),
                    unusable.what()));
        }
    }

    private static long nowMicros() {
        return System.currentTimeMillis() * 1_000;
    }

    private final class Sink implements BatchSink, TransformChain.Out {
        private final String split;
        private final String label;
        private final long fetchedAtMicros;
        private final Way way;

        Sink(Split split, Way way, long fetchedAtMicros) {
            this.split = split.id().value();
            this.label = split.label();
            this.fetchedAtMicros = fetchedAtMicros;
            this.way = way;
        }

        @Override
        public void rows(RecordBatch batch, Stand upTo) {
            if (batch.rows() > 0 && !taker.isEnough()) {
                way.transforms().apply(label, batch, this);
            }
        }

        @Override
        public void transformed(RecordBatch batch, AsRead read) {
            if (!taker.isEnough()) {
                way.shaper().shape(new RowShaper.Origin(split, fetchedAtMicros, read), batch, taker);
            }
        }

        @Override
        public void counted(long added, long filtered) {}

        @Override
        public void reject(Reject reject) {
            taker.refuse(reject);
        }

        @Override
        public void discarded(long values) {
            taker.discarded(values);
        }

        @Override
        public void refuse(Reject reject) {
            taker.refuse(reject);
        }
    }
}
