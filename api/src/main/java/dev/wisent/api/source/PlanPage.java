package dev.wisent.api.source;

import dev.wisent.api.SplitId;
import java.util.List;

/// What a planner found.
public sealed interface PlanPage {
    /// Splits to read, including those the progress shows as begun, and in a full refresh those it shows as finished;
    /// `forget`: finished ones it will never name again.
    record Splits(List<Split> splits, List<SplitId> forget) implements PlanPage {
        public Splits {
            splits = List.copyOf(splits);
            forget = List.copyOf(forget);
        }
    }

    /// Nothing now; ask again.
    record NothingNew() implements PlanPage {}

    /// All splits were named.
    record Complete() implements PlanPage {}
}
