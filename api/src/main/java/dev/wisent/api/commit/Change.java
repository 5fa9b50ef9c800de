package dev.wisent.api.commit;

import dev.wisent.api.Counts;
import dev.wisent.api.RejectFile;
import dev.wisent.api.SplitId;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.Optional;

/// What a data commit changes besides positions.
///
/// @param schema the stream's schema as of this commit, when it differs from the stored one (R6)
/// @param forgotten finished splits the planner will never name again
public record Change(Optional<Schema> schema, List<SplitId> forgotten, Counts counts, List<RejectFile> rejects) {
    public Change {
        forgotten = List.copyOf(forgotten);
        rejects = List.copyOf(rejects);
    }
}
