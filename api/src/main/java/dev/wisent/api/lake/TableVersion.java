package dev.wisent.api.lake;

import java.time.Instant;
import java.util.Optional;

/// A version of a table.
///
/// @param operation what made it, in the words of who did
/// @param by who made it, as far as the table knows
/// @param rowsAdded empty: a file came that does not say how many rows it has
/// @param bytesAdded of the files that came
public record TableVersion(
        long version,
        Instant at,
        String operation,
        Optional<String> by,
        long filesAdded,
        long filesRemoved,
        Optional<Long> rowsAdded,
        long bytesAdded) {}
