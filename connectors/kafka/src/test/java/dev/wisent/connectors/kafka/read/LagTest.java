package dev.wisent.connectors.kafka.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Position;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Lag;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How far partitions are behind.
class LagTest {
    private static final StreamId STREAM = new StreamId("herd");
    private static final Duration WAIT = Duration.ofMillis(50);

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);

    @AfterEach
    void close() {
        topics.close();
    }

    private Source source(String topic) {
        return Configured.source(
                new KafkaSourceFactory(),
                "herd",
                Map.of("bootstrap_servers", broker.servers(), "topics", List.of(Map.of("name", topic))));
    }

    private static Planner plan(Source source, SyncMode mode) {
        return source.plan(new ReadRequest(STREAM, mode, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty()));
    }

    @Test
    void a_plan_knows_what_is_left_of_each_partition_and_a_run_that_is_done_leaves_nothing() {
        String topic = topics.make("herd", 2);
        topics.send(topic, 0, "1");
        topics.send(topic, 0, "2");
        topics.send(topic, 1, "3");
        try (Source source = source(topic)) {
            assertThat(source.lag(STREAM)).isEmpty();
            try (Planner planner = plan(source, SyncMode.INCREMENTAL)) {
                planner.next(WAIT);
            }
            assertThat(source.lag(STREAM))
                    .containsExactly(
                            new Lag("topic " + topic + ", partition 0", 0, 2),
                            new Lag("topic " + topic + ", partition 1", 0, 1));

            SourceReading.all(source, STREAM, SyncMode.INCREMENTAL);

            assertThat(source.lag(STREAM)).extracting(Lag::behind).containsExactly(0L, 0L);
        }
    }

    @Test
    void a_stream_is_behind_by_what_came_since_its_last_commit() {
        String topic = topics.make("herd", 1);
        topics.send(topic, 0, "1");
        topics.send(topic, 0, "2");
        try (Source source = source(topic);
                Planner planner = plan(source, SyncMode.STREAM);
                SplitReader reader = source.reader(new ReaderContext(STREAM))) {
            Split split = ((PlanPage.Splits) planner.next(WAIT)).splits().getFirst();
            assertThat(source.lag(STREAM)).extracting(Lag::behind).containsExactly(2L);
            reader.add(split, Position.START);
            Awaitility.await().until(() -> reader.poll(WAIT) instanceof Fetched.Chunk);
            reader.committed(split.id(), Position.at(1));
            assertThat(source.lag(STREAM)).containsExactly(new Lag(split.label(), 1, 2));

            topics.send(topic, 0, "3");
            topics.send(topic, 0, "4");

            Awaitility.await().until(() -> {
                reader.poll(WAIT);
                return source.lag(STREAM).equals(List.of(new Lag(split.label(), 1, 4)));
            });
            reader.committed(split.id(), Position.at(4));
            assertThat(source.lag(STREAM)).extracting(Lag::behind).containsExactly(0L);
        }
    }
}
