package dev.wisent.connectors.core.file;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.connectors.core.JsonRows;
import dev.wisent.testkit.connector.DestinationContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/// A folder in an object store, which is a disk here: without the network, which the stores' own tests have.
class StoredFolderContractTest extends DestinationContract {
    private static final long BASE_EVERY = 5;

    @TempDir
    Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    @Override
    protected Destination open() {
        return new FileDestination(Run.inStore(out(), BASE_EVERY), Run.store(out()));
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) throws IOException {
        return JsonRows.in(target.equals(ORDERS) ? out() : out().resolve(target.name()));
    }

    @Override
    protected OptionalInt hiddenParts() throws IOException {
        Path parts = out().resolve(".wisent/parts");
        if (!Files.isDirectory(parts)) {
            return OptionalInt.of(0);
        }
        try (Stream<Path> hidden = Files.list(parts)) {
            return OptionalInt.of((int) hidden.count());
        }
    }

    @Override
    protected Optional<Trouble> trouble() {
        StorePlace place = Run.store(out());
        HookedView view = new HookedView(place.visible());
        return Optional.of(new Trouble(
                new FileDestination(Run.inStore(out(), BASE_EVERY), place, view),
                () -> view.beforeApplying = state -> {
                    throw new IOException("the store does not answer");
                },
                () -> view.beforeApplying = HookedView.NOTHING));
    }

    @Override
    protected Optional<Unusable> unusable() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        return Optional.of(new Unusable(
                new FileDestination(Run.inStore(file.resolve("out"), BASE_EVERY), Run.store(file.resolve("out"))),
                List.of()));
    }
}
