package dev.wisent.connectors.delta;

import dev.wisent.api.LaneId;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.delta.state.DeltaState;
import dev.wisent.connectors.delta.table.Application;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Removes data files that earlier claims left behind and no commit names. A name carries the claim it was written under;
/// only the holder of the newest claim removes anything, and only what is older than its own (R4). Files that commits named
/// and later ones removed stay: older versions of the table have them. Those of a dropped generation never were in one.
final class Sweep {
    private final ObjectStore store;
    private final Application application;

    Sweep(ObjectStore store, Application application) {
        this.store = store;
        this.application = application;
    }

    void below(long claim, DeltaState state) {
        if (state.progress().claimedAt(LaneId.FIRST) != claim) {
            return;
        }
        Set<String> named = new HashSet<>(state.named());
        state.opened().forEach(file -> named.add(file.name()));
        String end = PartNames.prefix(application, claim);
        store.pendingUploads(PartNames.prefix(application)).stream()
                .filter(upload -> upload.path().compareTo(end) < 0)
                .forEach(store::abort);
        remove(PartNames.prefix(application, state.sweptBelow()), end, named);
        state.dropped().keySet().forEach(store::delete);
        state.swept(claim);
    }

    /// Names lie in the order of their claims: one listing, from the oldest that may have left something to our own.
    private void remove(String after, String end, Set<String> named) {
        for (Optional<ListRequest> request = Optional.of(
                        ListRequest.of(PartNames.prefix(application)).startingAfter(after));
                request.isPresent(); ) {
            ListPage page = store.list(request.get());
            List<String> older = page.objects().stream()
                    .map(ObjectInfo::path)
                    .takeWhile(path -> path.compareTo(end) < 0)
                    .toList();
            older.stream().filter(path -> !named.contains(path)).forEach(store::delete);
            request = older.size() < page.objects().size() ? Optional.empty() : page.next();
        }
    }
}
