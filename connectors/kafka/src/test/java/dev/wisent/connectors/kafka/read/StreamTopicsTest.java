package dev.wisent.connectors.kafka.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Topics that only `streams:` names.
class StreamTopicsTest {
    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);
    private final String users = topics.make("users", 1);
    private final String orders = topics.make("orders", 1);

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void the_topics_that_streams_name_are_read_where_the_source_names_none() {
        topics.send(users, 0, "1");
        topics.send(orders, 0, "2");

        assertThat(read(Map.of()).rows()).containsExactlyInAnyOrder("1", "2");
        assertThat(read(Map.of("topics", List.of(Map.of("name", users)))).rows())
                .as("what the source names stays")
                .containsExactly("1");
    }

    private SourceReading read(Map<String, ?> more) {
        Map<String, Object> keys = new HashMap<>(Map.of("bootstrap_servers", broker.servers(), "read_as", "value"));
        keys.putAll(more);
        SourceSettings settings = Configured.settings("topic", Optional.empty()).routing(Set.of(users, orders));
        try (Source source = Configured.source(new KafkaSourceFactory(), settings, keys)) {
            return SourceReading.after(source, new StreamId("topic"), SyncMode.INCREMENTAL, Map.of());
        }
    }
}
