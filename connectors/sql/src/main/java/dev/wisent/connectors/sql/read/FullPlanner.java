package dev.wisent.connectors.sql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A full read: one split for each range of the key, or one for all. The cut is kept with the generation, so that a run that
/// goes on has the same splits.
final class FullPlanner implements Planner {
    private static final SplitId WHOLE = new SplitId("table");

    private final ReadTable table;
    private final RangeCut cut;
    private final StreamState opening;
    private final OptionalLong rows;
    private final List<String> warnings;
    private boolean answered;

    private FullPlanner(ReadTable table, RangeCut cut, StreamState opening, OptionalLong rows, List<String> warnings) {
        this.table = table;
        this.cut = cut;
        this.opening = opening;
        this.rows = rows;
        this.warnings = List.copyOf(warnings);
    }

    /// Cuts a table that nothing is known of yet.
    @FunctionalInterface
    interface Cutting {
        List<String> bounds();
    }

    static FullPlanner of(
            ReadTable table, ReadRequest request, Cutting cutting, OptionalLong rows, List<String> warnings) {
        boolean isNew =
                request.state().isEmpty() && !request.progress().splits().containsKey(WHOLE);
        RangeCut cut = isNew ? RangeCut.of(table, cutting.bounds()) : RangeCut.kept(request.state());
        return new FullPlanner(table, cut, isNew ? cut.state() : request.state(), rows, warnings);
    }

    @Override
    public StreamState opening() {
        return opening;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(table.schema());
    }

    @Override
    public PlanPage next(Duration wait) {
        if (answered) {
            return new PlanPage.Complete();
        }
        answered = true;
        String gone = cut.isOf(table) ? "" : "the table has another key";
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < cut.count(); i++) {
            SplitId id = cut.count() == 1 ? WHOLE : new SplitId("keys-" + (i + 1) + "-of-" + cut.count());
            Stretch stretch = Stretch.byKey(cut.after(i), cut.upTo(i), gone);
            splits.add(new Split(
                    id,
                    table.stream().name() + (cut.count() == 1 ? "" : " " + cut.text(i)),
                    stretch.text(),
                    OptionalLong.empty()));
        }
        return new PlanPage.Splits(splits, List.of());
    }

    @Override
    public OptionalLong estimatedRows() {
        return rows;
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() {}
}
