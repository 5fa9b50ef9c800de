package dev.wisent.connectors.sql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// A full read: one split for each range of the key, or one for all. The cut is kept with the generation, so that a run that
/// goes on has the same splits.
final class FullPlanner {
    private static final SplitId WHOLE = new SplitId("table");

    /// Cuts a table that nothing is known of yet.
    @FunctionalInterface
    interface Cutting {
        List<String> bounds();
    }

    private FullPlanner() {}

    static Planner of(
            ReadTable table, ReadRequest request, Cutting cutting, Supplier<OptionalLong> rows, List<String> warnings) {
        boolean isNew =
                request.state().isEmpty() && !request.progress().splits().containsKey(WHOLE);
        RangeCut cut = isNew ? RangeCut.of(table, cutting.bounds()) : RangeCut.kept(request.state());
        return new KnownSplits(
                isNew ? cut.state() : request.state(), table.schema(), splits(table, cut), List.of(), rows, warnings);
    }

    private static List<Split> splits(ReadTable table, RangeCut cut) {
        String gone = cut.isOf(table) ? "" : "the table has another key, or was made anew";
        boolean isOne = cut.count() == 1;
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < cut.count(); i++) {
            splits.add(new Split(
                    isOne ? WHOLE : new SplitId("keys-" + (i + 1) + "-of-" + cut.count()),
                    table.stream().name() + (isOne ? "" : " " + cut.text(i)),
                    Stretch.byKey(cut.after(i), cut.upTo(i), gone).text(),
                    OptionalLong.empty()));
        }
        return splits;
    }
}
