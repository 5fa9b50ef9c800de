package dev.wisent.connectors.core.logger;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.BatchDestination;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.connectors.core.JsonRows;
import dev.wisent.testkit.connector.BatchDestinationContract;
import dev.wisent.testkit.connector.Behaviour;
import dev.wisent.testkit.connector.Configured;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Its rows are on a console, which is no place to be hidden at, and shows those of all targets one after the other.
class LoggerContractTest extends BatchDestinationContract {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @Override
    protected BatchDestination open() {
        return ((DestinationHandle.Batches)
                        Configured.handle(new LoggerFactory(), Configured.settings(console), Map.of()))
                .destination();
    }

    @Override
    protected Set<Behaviour> lacks() {
        return Set.of(Behaviour.HIDDEN_REFRESH, Behaviour.TARGETS_APART);
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) {
        return console.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JsonRows::row)
                .toList();
    }
}
