package dev.wisent.connectors.sql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// A planner that knows all splits from the beginning, and names them once.
final class KnownSplits implements Planner {
    private final StreamState opening;
    private final Schema schema;
    private final PlanPage.Splits splits;
    private final Supplier<OptionalLong> rows;
    private final List<String> warnings;
    private boolean answered;

    /// @param forget finished splits of earlier runs that nobody has to know of any more
    /// @param rows about how many the splits have; whoever only reads them does not ask
    KnownSplits(
            StreamState opening,
            Schema schema,
            List<Split> splits,
            List<SplitId> forget,
            Supplier<OptionalLong> rows,
            List<String> warnings) {
        this.opening = opening;
        this.schema = schema;
        this.splits = new PlanPage.Splits(splits, forget);
        this.rows = rows;
        this.warnings = List.copyOf(warnings);
    }

    @Override
    public StreamState opening() {
        return opening;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(schema);
    }

    @Override
    public PlanPage next(Duration wait) {
        if (answered || (splits.splits().isEmpty() && splits.forget().isEmpty())) {
            return new PlanPage.Complete();
        }
        answered = true;
        return splits;
    }

    @Override
    public OptionalLong estimatedRows() {
        return rows.get();
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() {}
}
