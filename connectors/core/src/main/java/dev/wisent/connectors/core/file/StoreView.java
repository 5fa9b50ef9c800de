package dev.wisent.connectors.core.file;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Parts under visible names. There is no rename: the store copies the staged object, then the staged one is removed, before
/// the commit is answered. A copy asked for later, by a run that was overtaken or by a request that lay somewhere, finds
/// nothing to copy.
final class StoreView implements Visible {
    private final Supplier<ObjectStore> store;

    StoreView(Supplier<ObjectStore> store) {
        this.store = store;
    }

    @Override
    public void verify(State state) {}

    @Override
    public void refuseUnshowable(State state, Commit.Data data) {}

    @Override
    public Optional<String> prepare(State state, Commit.Publish publish) {
        return Optional.empty();
    }

    @Override
    public void apply(State state) throws IOException {
        try {
            switch (state.due()) {
                case Effect.Nothing n -> {}
                case Effect.Reveal reveal -> reveal(reveal.parts());
                case Effect.Replace replace -> {
                    reveal(replace.parts());
                    remove(replace.superseded());
                }
                case Effect.Discard discard ->
                    SideBySide.map(discard.parts(), part -> {
                        store.get().delete(StorePlace.staged(part));
                        return part;
                    });
            }
        } catch (StorageFailure e) {
            throw StorePlace.unanswered(e);
        }
    }

    private void reveal(List<Part> parts) throws IOException {
        SideBySide.map(parts, part -> {
            copy(part);
            store.get().delete(StorePlace.staged(part));
            Boundary.reached(Boundary.IN_ROLL_FORWARD);
            return part;
        });
    }

    /// A part that is not staged any more was shown by whoever removed it.
    private void copy(Part part) {
        try {
            store.get().copy(StorePlace.staged(part), StorePlace.visible(part));
        } catch (StorageFailure e) {
            if (e.kind() != StorageFailure.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /// Staged before visible: else a straggler could copy what was removed.
    private void remove(List<Part> parts) throws IOException {
        SideBySide.map(parts, part -> {
            store.get().delete(StorePlace.staged(part));
            store.get().delete(StorePlace.visible(part));
            Boundary.reached(Boundary.IN_ROLL_FORWARD);
            return part;
        });
    }
}
