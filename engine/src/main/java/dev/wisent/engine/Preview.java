package dev.wisent.engine;

import dev.wisent.api.Reject;
import dev.wisent.api.TargetId;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The first rows of a stream, as they would be written: decoded and shaped the way a run does it, and written nowhere. The
/// destination is not asked, no progress is read, nothing is claimed.
public final class Preview {
    /// How long a source may have nothing to give before it counts as having no more.
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /// An input in which so many come before enough rows is not read to its end.
    private static final int MANY_REJECTS = 1_000;

    private final Pipeline pipeline;
    private final int wanted;
    private final Map<TargetId, Sample> samples = new LinkedHashMap<>();
    private final List<Reject> rejects = new ArrayList<>();
    private int rows;
    private int refused;

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
        List<String> warnings = new OneReading(pipeline, PATIENCE, new Rows()).read();
        return new Result(samples, rejects, warnings);
    }

    private final class Rows implements OneReading.Taker {
        @Override
        public boolean isEnough() {
            return rows >= wanted || refused >= MANY_REJECTS;
        }

        @Override
        public void write(TargetId target, RecordBatch batch) {
            int taken = Math.min(batch.rows(), wanted - rows);
            if (taken <= 0) {
                return;
            }
            OutputBuffer text = new OutputBuffer();
            new NdjsonEncoder(batch.schema()).encode(batch, 0, taken, text);
            String lines = new String(text.array(), 0, text.length(), StandardCharsets.UTF_8);
            rows += taken;
            samples.merge(target, new Sample(batch.schema(), lines.lines().toList()), Preview::joined);
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

        @Override
        public void gaveUp(String why) {}
    }

    private static Sample joined(Sample first, Sample next) {
        List<String> all = new ArrayList<>(first.rows());
        all.addAll(next.rows());
        return new Sample(next.schema(), all);
    }
}
