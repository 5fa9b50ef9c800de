package dev.wisent.connectors.sql.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.config.Key;
import dev.wisent.connectors.sql.cursor.CursorLag;
import dev.wisent.connectors.sql.cursor.Lateness;
import java.util.List;
import java.util.Optional;

/// What a source is told.
///
/// @param query read instead of a table; its stream is `stream`
/// @param contract what may become of the table between two runs
/// @param late how late rows may be committed
/// @param splits how many ranges a full read is cut into; empty: what suits the table's size
public record ReadOptions(
        StreamId stream,
        Optional<String> query,
        Optional<String> cursorField,
        List<String> primaryKey,
        TableContract contract,
        Lateness late,
        Optional<Long> splits) {
    /// For [#late].
    public static final Key<Optional<CursorLag>> CURSOR_LAG = Key.text(Lateness.CURSOR_LAG.name())
            .about(
                    "how late rows may be committed behind the highest cursor there is: a time for dates and times (`10m`), a"
                            + " number for whole numbers. What lies within it waits for a later run, or, with `lag_rows`, is read now"
                            + " and looked at again")
            .as("a number, or a time such as 30s, 10m, 2h", CursorLag.NONE, CursorLag::parse)
            .optional();

    private static final long MOST_SPLITS = 1_000;

    /// The key of [#splits].
    ///
    /// @param standard what is done without it, for people
    public static Key<Optional<Long>> splits(String standard) {
        return Key.whole("splits", 1, MOST_SPLITS)
                .about(
                        "how many ranges of its key a table is cut into by a full read, each read by one worker at a time")
                .optional(standard);
    }

    public ReadOptions {
        primaryKey = List.copyOf(primaryKey);
    }

    /// For one read, of whatever there is.
    public ReadOptions(StreamId stream, Optional<String> query, Optional<String> cursorField, List<String> primaryKey) {
        this(stream, query, cursorField, primaryKey, TableContract.EVOLVE, Lateness.NONE, Optional.empty());
    }
}
