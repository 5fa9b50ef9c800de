package dev.wisent.connectors.sql.read;

import dev.wisent.api.StreamState;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.columnar.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A planner with more to tell people.
public final class AdvisedPlanner implements Planner {
    private final Planner planner;
    private final Supplier<List<String>> advice;

    /// @param advice asked at the end, as a planner's warnings are
    public AdvisedPlanner(Planner planner, Supplier<List<String>> advice) {
        this.planner = planner;
        this.advice = advice;
    }

    @Override
    public StreamState opening() {
        return planner.opening();
    }

    @Override
    public Optional<Schema> schema() {
        return planner.schema();
    }

    @Override
    public PlanPage next(Duration wait) {
        return planner.next(wait);
    }

    @Override
    public OptionalLong estimatedRows() {
        return planner.estimatedRows();
    }

    @Override
    public List<String> warnings() {
        return Stream.concat(advice.get().stream(), planner.warnings().stream()).toList();
    }

    @Override
    public void close() {
        planner.close();
    }
}
