package dev.wisent.engine;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
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
import dev.wisent.api.source.StreamInfo;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.engine.internal.run.RowShaper;
import dev.wisent.engine.internal.transform.AsRead;
import dev.wisent.engine.internal.transform.TransformChain;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The first rows of a stream, as they would be written: decoded and shaped the way a run does it, and written nowhere. The
/// destination is not asked, no progress is read, nothing is claimed.
public final class Preview {
    /// How long a source may have nothing to give before it counts as having no more.
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /// An input in which so many come before enough rows is not read to its end.
    private static final int MANY_REJECTS = 1_000;
    private static final Duration WAIT = Duration.ofMillis(100);

    private final Pipeline pipeline;
    private final int wanted;
    private final Map<TargetId, Sample> samples = new LinkedHashMap<>();
    private final List<Reject> rejects = new ArrayList<>();
    private int rows;
    private int refused;

    /// What rows go through.
    private record Way(TransformChain transforms, RowShaper shaper) {}

    private Preview(Pipeline pipeline, int wanted) {
        this.pipeline = pipeline;
        this.wanted = wanted;
    }

    /// Rows of one target.
    ///
    /// @param rows a JSON object each, keys in the schema's order
    public record Sample(Schema schema, List<String> rows) {
        public Sample {
            rows = List.copyOf(rows);
        }
    }

    /// @param rejects records and inputs that could not be processed among what was read, at most as many as rows were wanted
    public record Result(Map<TargetId, Sample> samples, List<Reject> rejects, List<String> warnings) {}

    /// Reads until there are `rows` rows, or very many rejects, or no more. Source and transforms stay open.
    public static Result of(Pipeline pipeline, int rows) {
        return new Preview(pipeline, rows).read();
    }

    private Result read() {
        SyncMode mode = mode();
        ReadRequest request =
                new ReadRequest(pipeline.stream(), mode, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty());
        PipelineRun.checkTransforms(pipeline);
        try (Planner planner = pipeline.source().plan(request);
                TransformChain transforms = new TransformChain(pipeline.transforms())) {
            planner.opening();
            Optional<StreamSchema> schema = planner.schema().map(StreamSchema::new);
            Way way = new Way(transforms, PipelineRun.shapers(pipeline).make());
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            boolean more = true;
            while (more && !isEnough()) {
                switch (planner.next(WAIT)) {
                    case PlanPage.Splits(List<Split> page, var forgotten) ->
                        page.stream().takeWhile(split -> !isEnough()).forEach(split -> read(split, schema, way));
                    case PlanPage.NothingNew nothing -> more = System.nanoTime() < giveUp;
                    case PlanPage.Complete all -> more = false;
                }
            }
            return new Result(samples, rejects, planner.warnings());
        }
    }

    /// Everything there is, where the stream can be read so: what a first run would see.
    private SyncMode mode() {
        SyncMode mode = PipelineRun.mode(pipeline);
        boolean bounded = pipeline.source().streams().stream()
                .filter(info -> info.id().equals(pipeline.stream()))
                .map(StreamInfo::modes)
                .anyMatch(modes -> modes.contains(SyncMode.FULL_REFRESH));
        return mode == SyncMode.INCREMENTAL && bounded ? SyncMode.FULL_REFRESH : mode;
    }

    private boolean isEnough() {
        return rows >= wanted || refused >= MANY_REJECTS;
    }

    private void read(Split split, Optional<StreamSchema> schema, Way way) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        try (SplitReader reader = pipeline.source().reader(new ReaderContext(pipeline.stream()));
                Decoder decoder = pipeline.source().decoder(split, new DecodeContext(Position.START, schema))) {
            reader.add(split, Position.START);
            while (!isEnough()) {
                switch (reader.poll(WAIT)) {
                    case Fetched.Chunk chunk -> {
                        decoder.decode(chunk, new Sink(split, way, chunk.fetchedAtMicros()));
                        giveUp = System.nanoTime() + PATIENCE.toNanos();
                    }
                    case Fetched.Ended ended -> {
                        decoder.end(new Sink(split, way, nowMicros()));
                        return;
                    }
                    case Fetched.Expired expired -> {
                        return;
                    }
                    case Fetched.Moved moved -> {}
                    case Fetched.Idle idle -> {
                        if (System.nanoTime() >= giveUp) {
                            return;
                        }
                    }
                }
            }
        } catch (SplitFailure unusable) {
            rejects.add(new Reject(
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

    private final class Sink implements BatchSink, RowShaper.Out, TransformChain.Out {
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
            if (batch.rows() > 0 && rows < wanted) {
                way.transforms().apply(label, batch, this);
            }
        }

        @Override
        public void transformed(RecordBatch batch, AsRead read) {
            if (rows < wanted) {
                way.shaper().shape(new RowShaper.Origin(split, fetchedAtMicros, read), batch, this);
            }
        }

        @Override
        public void counted(long added, long filtered) {}

        @Override
        public void write(TargetId target, RecordBatch batch) {
            int taken = Math.min(batch.rows(), wanted - rows);
            OutputBuffer text = new OutputBuffer();
            new NdjsonEncoder(batch.schema()).encode(batch, 0, taken, text);
            String lines = new String(text.array(), 0, text.length(), StandardCharsets.UTF_8);
            rows += taken;
            samples.merge(target, new Sample(batch.schema(), lines.lines().toList()), Preview::joined);
        }

        @Override
        public void reject(Reject reject) {
            refuse(reject);
        }

        @Override
        public void refuse(Reject reject, int rows) {
            refuse(reject);
        }

        @Override
        public void refuse(Reject reject) {
            refused++;
            if (rejects.size() < wanted) {
                rejects.add(reject);
            }
        }

        @Override
        public void discarded(long values) {}
    }

    private static Sample joined(Sample first, Sample next) {
        List<String> all = new ArrayList<>(first.rows());
        all.addAll(next.rows());
        return new Sample(next.schema(), all);
    }
}
