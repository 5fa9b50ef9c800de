package dev.wisent.api.lake;

import java.time.Duration;
import java.util.List;

/// What a vacuum removed, or would remove.
///
/// @param files relative to the table, in order
/// @param kept files that are there for a reader or a writer
public record Vacuumed(List<String> files, long bytes, long kept, Duration retention) {
    public Vacuumed {
        files = List.copyOf(files);
    }
}
