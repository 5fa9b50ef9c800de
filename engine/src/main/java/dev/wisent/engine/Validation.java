package dev.wisent.engine;

import dev.wisent.api.Reject;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.format.FileFormats;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.internal.validate.TableSums;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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

    /// Reads the stream as a first run would, and then its targets: once, or once more when columns grew to other types on the
    /// way. Refuses a stream without end and a destination that can't be read back. Neither is closed.
    ///
    /// @param formats finds formats of files that families bring
    public static Validation of(Pipeline pipeline, Destination destination, FileFormats formats) {
        if (PipelineRun.mode(pipeline) == SyncMode.STREAM
                && !PipelineRun.info(pipeline).modes().contains(SyncMode.FULL_REFRESH)) {
            throw WisentException.of(ErrorCode.NOT_SUPPORTED, "a stream without end can't be compared with its target")
                    .where("stream " + pipeline.stream());
        }
        ReadBack targets = destination
                .readBack(formats)
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.NOT_SUPPORTED,
                                "what was written can't be read back from this destination in this version")
                        .where(destination.location(pipeline.stream()))
                        .hint("compare it by its own means"));
        String prefix = pipeline.engine().envelopePrefix();
        Set<String> leftOut = Set.of(prefix + "_extracted_at", prefix + "_loaded_at");
        Sums sums = new Sums(targets, leftOut, Map.of());
        new OneReading(pipeline, pipeline.engine().retryBudget(), sums).read();
        if (sums.grew) {
            sums = new Sums(targets, leftOut, sums.schemas());
            new OneReading(pipeline, pipeline.engine().retryBudget(), sums).read();
        }
        sums.of.putIfAbsent(pipeline.target(), new Side(TableSums.ofSource(leftOut, Schema.of()), Schema.of()));
        List<TargetResult> results = new ArrayList<>();
        sums.of.forEach((target, side) -> results.add(result(pipeline.stream(), target, side, targets, leftOut)));
        return new Validation(results, sums.rejects);
    }

    /// Compares rows at hand with what a target holds.
    public static TargetResult of(List<RecordBatch> rows, StreamId stream, TargetId target, ReadBack targets) {
        Schema schema = rows.isEmpty() ? Schema.of() : rows.getLast().schema();
        TableSums sums = TableSums.ofSource(Set.of(), schema);
        rows.forEach(sums::add);
        return result(stream, target, new Side(sums, schema), targets, Set.of());
    }

    private static TargetResult result(
            StreamId stream, TargetId target, Side side, ReadBack targets, Set<String> leftOut) {
        Set<String> notCompared = new HashSet<>(leftOut);
        notCompared.addAll(targets.madeUp(target));
        TableSums there = TableSums.ofTarget(notCompared, side.schema());
        targets.read(stream, target, side.schema(), there::add);
        return new TargetResult(
                target,
                side.sums().rows(),
                there.rows(),
                side.sums().columns(),
                side.sums().differences(there));
    }

    /// @param schema that of the last rows: it only grows
    private record Side(TableSums sums, Schema schema) {}

    private static final class Sums implements OneReading.Taker {
        private final ReadBack targets;
        private final Set<String> leftOut;
        private final Map<TargetId, Schema> known;
        private final Map<TargetId, Side> of = new LinkedHashMap<>();
        private boolean grew;
        private long rejects;

        /// @param known the columns as they will be in the end, where that is known
        Sums(ReadBack targets, Set<String> leftOut, Map<TargetId, Schema> known) {
            this.targets = targets;
            this.leftOut = leftOut;
            this.known = known;
        }

        Map<TargetId, Schema> schemas() {
            Map<TargetId, Schema> schemas = new LinkedHashMap<>();
            of.forEach((target, side) -> schemas.put(target, side.schema()));
            return schemas;
        }

        @Override
        public boolean isEnough() {
            return false;
        }

        @Override
        public void write(TargetId target, RecordBatch rows) {
            targets.written(target, rows, this::add);
        }

        private void add(TargetId target, RecordBatch batch) {
            Side before = of.computeIfAbsent(
                    target,
                    t -> new Side(TableSums.ofSource(leftOut, known.getOrDefault(t, batch.schema())), batch.schema()));
            grew |= !batch.schema().equals(before.schema()) && changesType(before.schema(), batch.schema());
            before.sums().add(batch);
            of.put(target, new Side(before.sums(), batch.schema()));
        }

        private static boolean changesType(Schema before, Schema after) {
            return before.fields().stream().anyMatch(field -> {
                OptionalInt now = after.indexOf(field.name());
                return now.isPresent() && !after.field(now.getAsInt()).type().equals(field.type());
            });
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
