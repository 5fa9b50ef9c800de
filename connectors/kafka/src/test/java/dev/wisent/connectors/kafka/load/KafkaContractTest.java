package dev.wisent.connectors.kafka.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.DestinationContract;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The contract of destinations, each test with topics of its own.
class KafkaContractTest extends DestinationContract {
    /// Keeps every digit.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);
    private final String own = "test" + COUNTER.incrementAndGet() + ".";

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Override
    protected Destination open() {
        return open(Map.of());
    }

    private Destination open(Map<String, ?> more) {
        Map<String, Object> keys = new HashMap<>(Map.of(
                "bootstrap_servers",
                broker.servers(),
                "topic_prefix",
                own,
                "progress_topic",
                own + "progress",
                "replication_factor",
                "1",
                "partitions",
                "2"));
        keys.putAll(more);
        return Configured.destination(new KafkaFactory(), keys);
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) throws ExecutionException, InterruptedException {
        String topic = own + target.name();
        if (!topics.admin().listTopics().names().get().contains(topic)) {
            return List.of();
        }
        List<Map<String, String>> rows = new ArrayList<>();
        topics.read(topic).forEach(message -> rows.add(row(new String(message.value(), StandardCharsets.UTF_8))));
        return rows;
    }

    private static Map<String, String> row(String json) {
        Map<String, String> row = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : MAPPER.readTree(json).properties()) {
            if (!field.getValue().isNull()) {
                row.put(
                        field.getKey(),
                        field.getValue().isString()
                                ? field.getValue().stringValue()
                                : field.getValue().toString());
            }
        }
        return row;
    }

    /// More than come between two bases, and than the ring of commits has room for.
    @Override
    protected int manyCommits() {
        return 2 * ProgressRecord.RING + 3;
    }

    @Override
    protected Optional<Trouble> trouble() {
        Destination through = open(Map.of("bootstrap_servers", broker.proxiedServers(), "transaction_timeout", "3"));
        return Optional.of(new Trouble(
                through,
                () -> broker.proxy().set(Direction.TO_CLIENT, new Fault.EndAfter(0, Ending.RESET)),
                broker.proxy()::heal));
    }

    @Override
    protected Optional<Unusable> unusable() {
        return Optional.of(new Unusable(
                open(Map.of(
                        "bootstrap_servers", broker.saslServers(),
                        "producer_config", Map.of("security.protocol", "SASL_PLAINTEXT"),
                        "authentication", Map.of("params", Map.of("username", "nobody", "password", "s3cr3t")))),
                List.of("s3cr3t")));
    }
}
