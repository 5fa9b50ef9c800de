package dev.wisent.connectors.core.file;

import dev.wisent.api.LaneId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Removes what earlier claims left behind. A name carries the claim it was written under; only the holder of the
/// newest claim removes anything, and
/// only what is older than its own and no commit names (R4): a run that claimed since is safe, whatever this one still
/// believes.
final class Sweep {
    private static final Pattern PART = Pattern.compile(".*-c(\\d{1,18})-w\\d+-\\d+\\.(ndjson|csv|parquet)");

    private final Layout layout;

    Sweep(Layout layout) {
        this.layout = layout;
    }

    void below(long claim, State state) throws IOException {
        if (state.progress().claimedAt(LaneId.FIRST) != claim) {
            return;
        }
        Set<String> named = new HashSet<>();
        state.contents().live().forEach(part -> named.add(part.name()));
        state.contents().opened().forEach(part -> named.add(part.name()));
        for (String part : ManifestLog.names(layout.parts(), "")) {
            Matcher name = PART.matcher(part);
            if (name.matches() && Long.parseLong(name.group(1)) < claim && !named.contains(part)) {
                Files.deleteIfExists(layout.parts().resolve(part));
            }
        }
        sweepTemporary(ManifestLog.names(layout.bookkeeping(), "tmp-"), claim);
    }

    /// Every number up to the claim is decided, so nothing that carries one is needed for deciding any more.
    private void sweepTemporary(List<String> names, long claim) throws IOException {
        for (String name : names) {
            Optional<Long> number = CreateIfAbsent.numberIn(name);
            if (number.isPresent() && number.get() <= claim) {
                Path file = layout.bookkeeping().resolve(name);
                CreateIfAbsent.delete(file);
            }
        }
    }
}
