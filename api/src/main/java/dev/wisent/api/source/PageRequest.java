package dev.wisent.api.source;

import dev.wisent.api.StreamId;
import java.util.Optional;

/// Which page a [PagedSource] is to fetch.
///
/// @param since only records beyond this cursor: the one the last complete incremental run ended with. Empty: all records
/// @param token what the page before named as [Page.Records#next]; empty: the first page
public record PageRequest(StreamId stream, Optional<String> since, Optional<String> token) {}
