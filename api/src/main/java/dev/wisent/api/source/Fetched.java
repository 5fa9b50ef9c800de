package dev.wisent.api.source;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import java.util.Optional;

/// What one poll brought.
public sealed interface Fetched {
    /// Data of one split, readable only by its decoder.
    ///
    /// @param fetchedAtMicros when it was fetched, µs since 1970: the rows' `extracted_at`
    /// @param stand where the split stands after it; empty when only the decoder can tell (byte formats)
    record Chunk(SplitId split, Payload payload, long fetchedAtMicros, Optional<Stand> stand) implements Fetched {}

    /// The split's position moved without records: keepalives, compaction gaps.
    record Moved(SplitId split, Stand stand) implements Fetched {}

    /// Nothing came.
    record Idle() implements Fetched {}

    /// The split is read to its end. `at` is empty where the decoder knows the end (byte formats).
    record Ended(SplitId split, Optional<Position> at) implements Fetched {}

    /// The split can't be resumed where it was left.
    record Expired(SplitId split, String why) implements Fetched {}
}
