package dev.wisent.connectors.core.file;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.connectors.core.JsonRows;
import dev.wisent.testkit.connector.Behaviour;
import dev.wisent.testkit.connector.DestinationContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class OneFileContractTest extends DestinationContract {
    private static final long BASE_EVERY = 5;

    @TempDir
    Path folder;

    @Override
    protected Destination open() {
        return new FileDestination(Run.options(folder.resolve("out.ndjson"), Format.NDJSON, BASE_EVERY));
    }

    @Override
    protected Set<Behaviour> lacks() {
        return Set.of(Behaviour.SEVERAL_TARGETS);
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) throws IOException {
        return JsonRows.in(folder.resolve("out.ndjson"));
    }
}
