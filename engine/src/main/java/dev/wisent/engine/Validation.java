package dev.wisent.engine;

import dev.wisent.api.Reject;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.internal.validate.TableSums;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares what a source has with what its targets hold: rows are counted, and the values of each column summed in a way that
/// does not depend on the order of rows or on how a type is stored. Reads both, changes neither.
///
/// @param rejects records and inputs of the source that can't be processed, which no target holds
public record Validation(List<TargetResult> targets, long rejects) {
    public Validation {
        targets = List.copyOf(targets);
    }

    /// @param columns how many were compared
    /// @param differences empty: source and target hold the same
    public record TargetResult(
            TargetId target, long sourceRows, long targetRows, int columns, List<ColumnDifference> differences) {
        public TargetResult {
            differences = List.copyOf(differences);
        }

        public boolean isSame() {
            return sourceRows == targetRows && differences.isEmpty();
        }
    }

    /// What the values of a column come to on both sides, for people.
    public record ColumnDifference(String column, String source, String target) {}

    public boolean isSame() {
        return targets.stream().allMatch(TargetResult::isSame);
    }

    /// Reads the stream once, as a first run would, and then its targets. Refuses a stream without end and a destination that
    /// can't be read back. Neither is closed.
    public static Validation of(Pipeline pipeline, Destination destination) {
        if (PipelineRun.mode(pipeline) == SyncMode.STREAM
                && !PipelineRun.info(pipeline).modes().contains(SyncMode.FULL_REFRESH)) {
            throw WisentException.of(ErrorCode.NOT_SUPPORTED, "a stream without end can't be compared with its target")
                    .where("stream " + pipeline.stream());
        }
        ReadBack targets = destination
                .readBack()
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.NOT_SUPPORTED,
                                "what was written can't be read back from this destination in this version")
                        .where(destination.location(pipeline.stream()))
                        .hint("compare it by its own means"));
        String prefix = pipeline.engine().envelopePrefix();
        Sums sums = new Sums(Set.of(prefix + "_extracted_at", prefix + "_loaded_at"));
        new OneReading(pipeline, pipeline.engine().retryBudget(), sums).read();
        sums.of.putIfAbsent(pipeline.target(), new Side(new TableSums(sums.leftOut), Schema.of()));
        List<TargetResult> results = new ArrayList<>();
        sums.of.forEach((target, side) -> {
            TableSums there = new TableSums(sums.leftOut);
            targets.read(pipeline.stream(), target, side.schema(), there::add);
            results.add(new TargetResult(
                    target,
                    side.sums().rows(),
                    there.rows(),
                    side.sums().columns(),
                    side.sums().differences(there)));
        });
        return new Validation(results, sums.rejects);
    }

    /// @param schema that of the last rows: it only grows
    private record Side(TableSums sums, Schema schema) {}

    private static final class Sums implements OneReading.Taker {
        private final Set<String> leftOut;
        private final Map<TargetId, Side> of = new LinkedHashMap<>();
        private long rejects;

        Sums(Set<String> leftOut) {
            this.leftOut = leftOut;
        }

        @Override
        public boolean isEnough() {
            return false;
        }

        @Override
        public void write(TargetId target, RecordBatch batch) {
            TableSums sums =
                    Optional.ofNullable(of.get(target)).map(Side::sums).orElseGet(() -> new TableSums(leftOut));
            sums.add(batch);
            of.put(target, new Side(sums, batch.schema()));
        }

        @Override
        public void refuse(Reject reject, int rows) {
            refuse(reject);
        }

        @Override
        public void refuse(Reject reject) {
            rejects += Math.max(1, reject.records());
        }

        @Override
        public void discarded(long values) {}

        @Override
        public void gaveUp(String why) {
            throw WisentException.of(ErrorCode.SOURCE_FAILED, "the source could not be read to its end: " + why);
        }
    }
}
