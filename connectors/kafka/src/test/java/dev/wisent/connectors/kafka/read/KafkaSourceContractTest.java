package dev.wisent.connectors.kafka.read;

import dev.wisent.api.source.Source;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceContract;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Two partitions, with messages of transactions that were committed and of one that was aborted between them.
class KafkaSourceContractTest extends SourceContract {
    private final KafkaBroker broker = KafkaBroker.shared();
    private final List<String> expected = new ArrayList<>();
    private Topics topics;
    private String topic = "";
    private int next;

    @BeforeEach
    void fill() {
        topics = new Topics(broker);
        topic = topics.make("herd", 2);
        try (KafkaProducer<byte[], byte[]> producer = topics.producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            for (int round = 0; round < 6; round++) {
                producer.beginTransaction();
                List<String> rows = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    String row = "{\"id\":%d,\"name\":\"cow %d\"}".formatted(next, next);
                    producer.send(new ProducerRecord<>(topic, next++ % 2, null, row.getBytes(StandardCharsets.UTF_8)));
                    rows.add(row);
                }
                if (round % 3 == 1) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                    expected.addAll(rows);
                }
            }
        }
        topics.settle(topic);
    }

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    @Override
    protected Source open() {
        return open(broker.servers());
    }

    private Source open(String servers) {
        return Configured.source(
                new KafkaSourceFactory(),
                "herd",
                Map.of("bootstrap_servers", servers, "topics", List.of(Map.of("name", topic)), "read_as", "columns"));
    }

    @Override
    protected List<String> expected() {
        return expected;
    }

    @Override
    protected Optional<List<String>> grow() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String row = "{\"id\":%d,\"name\":\"calf %d\"}".formatted(next, next);
            topics.send(topic, next++ % 2, row);
            rows.add(row);
        }
        return Optional.of(rows);
    }

    @Override
    protected Optional<Unusable> unusable() {
        return Optional.of(new Unusable(
                Configured.source(
                        new KafkaSourceFactory(),
                        "herd",
                        Map.of(
                                "bootstrap_servers",
                                broker.saslServers(),
                                "topics",
                                List.of(Map.of("name", topic)),
                                "consumer_config",
                                Map.of("security.protocol", "SASL_PLAINTEXT"),
                                "authentication",
                                Map.of("params", Map.of("username", KafkaBroker.USER, "password", "s3cr3t")))),
                List.of("s3cr3t")));
    }
}
