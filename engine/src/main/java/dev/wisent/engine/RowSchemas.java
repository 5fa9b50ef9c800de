package dev.wisent.engine;

import dev.wisent.api.Reject;
import dev.wisent.api.TargetId;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.internal.run.RowShaper;
import dev.wisent.engine.internal.transform.AsRead;
import dev.wisent.engine.internal.transform.TransformChain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The columns rows will have at their targets, as far as that is known before one is read: a batch without rows goes through
/// the shaper. Where records name their targets, or a transform tells its columns by its results, nothing is known.
final class RowSchemas {
    private RowSchemas() {}

    static Map<TargetId, Schema> of(Pipeline pipeline, Optional<Schema> read) {
        boolean records = pipeline.source().traits(pipeline.stream()).shape() == Traits.Shape.RECORDS;
        Optional<Schema> transformed =
                TransformChain.check(pipeline.transforms(), records ? Optional.of(RawRecords.SCHEMA) : read);
        if (transformed.isEmpty()) {
            return Map.of();
        }
        Taker taker = new Taker();
        RowShaper shaper = PipelineRun.shapers(pipeline).make();
        try (TransformChain none = new TransformChain(List.of())) {
            none.apply("", RecordBatch.of(transformed.get()), new TransformChain.Out() {
                @Override
                public void transformed(RecordBatch batch, AsRead as) {
                    shaper.shape(new RowShaper.Origin("", 0, as), batch, taker);
                }

                @Override
                public void refuse(Reject reject) {}

                @Override
                public void counted(long added, long filtered) {}
            });
        }
        return taker.schemas;
    }

    private static final class Taker implements RowShaper.Out {
        private final Map<TargetId, Schema> schemas = new LinkedHashMap<>();

        @Override
        public void write(TargetId target, RecordBatch batch) {
            schemas.put(target, batch.schema());
        }

        @Override
        public void refuse(Reject reject, int rows) {}

        @Override
        public void discarded(long values) {}
    }
}
