package dev.wisent.connectors.sql.cursor;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Key;
import java.util.Optional;
import java.util.OptionalLong;

/// How late rows may be committed, where the database can't tell, and what an incremental run does about it.
///
/// @param lag behind the highest cursor; empty: it is not said
/// @param rows so many rows within the lag are read at once and remembered; empty: they wait for a later run
public record Lateness(Optional<CursorLag> lag, OptionalLong rows) {
    public static final Lateness NONE = new Lateness(Optional.empty(), OptionalLong.empty());
    /// Of 22 bytes each, in the progress.
    private static final long MOST_ROWS = 1_000_000;

    public static final Key<Optional<CursorLag>> CURSOR_LAG = Key.text("cursor_lag")
            .about("how late rows may be committed behind the highest cursor there is, in place of looking at open"
                    + " transactions: a time for dates and times (`10m`), a number for whole numbers. What lies within it waits"
                    + " for a later run, or, with `lag_rows`, is read now and looked at again")
            .as("a number, or a time such as 30s, 10m, 2h", CursorLag.NONE, CursorLag::parse)
            .optional();
    public static final Key<Optional<Long>> LAG_ROWS = Key.whole("lag_rows", 1, MOST_ROWS)
            .about("reads rows within `cursor_lag`, too, and remembers so many of them at most, so that each run finds"
                    + " those that came late and none twice")
            .optional("they wait for a later run");

    /// What people should know of a run that is told how late rows may come.
    public String loss(String cursor) {
        return "rows that are committed after rows "
                + (lag.filter(l -> !l.isNone()).isEmpty() ? "" : "more than cursor_lag ") + "ahead of them in '"
                + cursor
                + "' were read are lost";
    }

    /// Reports every problem to `config`.
    public static Lateness read(ConfigSection config) {
        return read(config, CURSOR_LAG);
    }

    /// The same with a key of its own for the lag.
    public static Lateness read(ConfigSection config, Key<Optional<CursorLag>> key) {
        Optional<CursorLag> lag = config.read(key);
        Optional<Long> rows = config.read(LAG_ROWS);
        if (rows.isPresent() && lag.filter(l -> !l.isNone()).isEmpty()) {
            config.problem(
                    LAG_ROWS.name(),
                    "is for rows within a cursor_lag, and there is none",
                    "cursor_lag: a time longer than any transaction that writes the table, such as 10m");
        }
        return new Lateness(lag, rows.map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }
}
