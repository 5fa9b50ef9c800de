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

class FolderContractTest extends DestinationContract {
    /// So that many commits are more than one base.
    private static final long BASE_EVERY = 5;

    @TempDir
    Path folder;

    @Override
    protected Destination open() {
        return new FileDestination(Run.options(out(), Format.NDJSON, BASE_EVERY));
    }

    private Path out() {
        return folder.resolve("out");
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) throws IOException {
        return JsonRows.in(target.equals(ORDERS) ? out() : out().resolve(target.name()));
    }

    @Override
    protected OptionalInt hiddenParts() throws IOException {
        try (Stream<Path> parts = Files.list(out().resolve(".wisent/parts"))) {
            return OptionalInt.of((int) parts.count());
        }
    }

    @Override
    protected Optional<Trouble> trouble() {
        HookedView view = new HookedView(Layout.of(out(), false));
        return Optional.of(new Trouble(
                new FileDestination(Run.options(out(), Format.NDJSON, BASE_EVERY), view),
                () -> view.beforeApplying = state -> {
                    throw new IOException("device gone");
                },
                () -> view.beforeApplying = HookedView.NOTHING));
    }

    @Override
    protected Optional<Unusable> unusable() throws IOException {
        Files.createFile(folder.resolve("a-file"));
        return Optional.of(new Unusable(
                new FileDestination(Run.options(folder.resolve("a-file/out"), Format.NDJSON, BASE_EVERY)), List.of()));
    }
}
