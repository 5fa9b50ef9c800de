package dev.wisent.api.source;

import java.util.List;
import java.util.Optional;

/// What a [PagedSource] fetched.
public sealed interface Page {
    /// Some records, maybe none.
    ///
    /// @param records each one JSON object; one that isn't becomes a reject
    /// @param next what fetches the next page; empty: this was the last one
    /// @param cursor the highest cursor so far, for streams that can be read incrementally; empty: as before. Pages come in its
    ///     order
    record Records(List<String> records, Optional<String> next, Optional<String> cursor) implements Page {
        public Records {
            records = List.copyOf(records);
        }
    }

    /// The token is no longer known to the service. A full refresh begins anew; an incremental window, if nothing of it was
    /// committed.
    record Expired(String why) implements Page {}
}
