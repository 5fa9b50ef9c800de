package dev.wisent.connectors.delta;

import dev.wisent.api.LaneId;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.delta.state.DeltaState;
import dev.wisent.connectors.delta.table.Application;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Removes data files that earlier claims left behind and no commit names. A name carries the claim it was written under;
/// only the holder of the newest claim removes anything, and only what is older than its own (R4). Files that commits named
/// and later ones removed stay: older versions of the table have them.
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
        for (long old = state.sweptBelow(); old < claim; old++) {
            remove(PartNames.prefix(application, old), named);
        }
    }

    private void remove(String prefix, Set<String> named) {
        for (Optional<ListRequest> request = Optional.of(ListRequest.of(prefix)); request.isPresent(); ) {
            ListPage page = store.list(request.get());
            page.objects().stream()
                    .map(ObjectInfo::path)
                    .filter(path -> !named.contains(path))
                    .forEach(store::delete);
            request = page.next();
        }
        store.pendingUploads(prefix).forEach(store::abort);
    }
}
