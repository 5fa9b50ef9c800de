package dev.wisent.connectors.core.file;

import dev.wisent.api.LaneId;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Removes what earlier claims left behind. A name carries the claim it was written under; only the holder of the
/// newest claim removes anything, and
/// only what is older than its own and no commit names (R4): a run that claimed since is safe, whatever this one still
/// believes.
final class Sweep {
    private static final Pattern PART = Pattern.compile(".*-c(\\d{1,18})-w\\d+-\\d+\\.(ndjson|csv|parquet)");

    private final Place place;

    Sweep(Place place) {
        this.place = place;
    }

    void below(long claim, State state) throws IOException {
        if (state.progress().claimedAt(LaneId.FIRST) != claim) {
            return;
        }
        Set<String> named = new HashSet<>();
        state.contents().live().forEach(part -> named.add(part.name()));
        state.contents().opened().forEach(part -> named.add(part.name()));
        place.sweep(claim, name -> isBefore(claim, name) && !named.contains(name), state);
    }

    private static boolean isBefore(long claim, String name) {
        Matcher part = PART.matcher(name);
        return part.matches() && Long.parseLong(part.group(1)) < claim;
    }
}
