package dev.wisent.connectors.queuerabbitmq.read;

import dev.wisent.api.source.Source;
import dev.wisent.connectors.queuerabbitmq.SharedBroker;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A classic queue and a quorum queue. Nothing is acknowledged, so each reading gets everything again, and knows by the ids
/// what it had.
class RabbitSourceContractTest extends SourceContract {
    private final Queues queues = new Queues();
    private final List<String> expected = new ArrayList<>();
    private List<String> names = List.of();
    private int next;

    @BeforeEach
    void fill() {
        names = List.of(queues.make("herd"), queues.make("flock", "quorum"));
        for (int i = 0; i < 12; i++) {
            expected.add(sent("cow"));
        }
    }

    @AfterEach
    void close() {
        queues.close();
    }

    private String sent(String kind) {
        String row = "{\"id\":%d,\"name\":\"%s\"}".formatted(next, kind);
        queues.send(names.get(next % 2), Queues.identified(next++), row);
        return row;
    }

    private Source open(String password) {
        return Configured.source(
                new RabbitSourceFactory(),
                "herd",
                Map.of(
                        "port",
                        (long) SharedBroker.broker().port(),
                        "password",
                        password,
                        "queues",
                        names.stream().map(name -> Map.of("name", name)).toList(),
                        "read_as",
                        "value",
                        "message_id",
                        "property"));
    }

    @Override
    protected Source open() {
        return open("guest");
    }

    @Override
    protected List<String> expected() {
        return expected;
    }

    @Override
    protected Optional<List<String>> grow() {
        return Optional.of(List.of(sent("calf"), sent("calf"), sent("lamb")));
    }

    @Override
    protected Optional<Unusable> unusable() {
        return Optional.of(new Unusable(open("s3cr3t"), List.of("s3cr3t")));
    }
}
