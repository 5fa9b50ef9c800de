package dev.wisent.connectors.queuerabbitmq.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Position;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.queuerabbitmq.SharedBroker;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a reader tells the broker, and when.
class QueueReaderTest {
    private static final StreamId STREAM = new StreamId("herd");
    private static final Duration WAIT = Duration.ofMillis(20);
    private static final int MESSAGES = 30;

    private final Queues queues = new Queues();
    private final FaultProxy proxy =
            FaultProxy.to("localhost", SharedBroker.broker().port());
    private final String queue = queues.make("read");
    private final Source source = Configured.source(
            new RabbitSourceFactory(),
            STREAM.name(),
            SyncMode.STREAM,
            Map.of(
                    "port",
                    (long) proxy.port(),
                    "queues",
                    List.of(Map.of("name", queue)),
                    "prefetch",
                    20L,
                    "message_id",
                    "property"));
    private final Planner planner = source.plan(
            new ReadRequest(STREAM, SyncMode.STREAM, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty()));
    private final Split split = ((PlanPage.Splits) planner.next(WAIT)).splits().getFirst();

    @AfterEach
    void close() {
        source.close();
        proxy.close();
        queues.close();
    }

    private SplitReader reader() {
        SplitReader reader = source.reader(new ReaderContext(STREAM));
        reader.add(split, Position.START);
        return reader;
    }

    /// Reads until it stands at `ordinal`.
    private static List<Fetched.Chunk> read(SplitReader reader, long ordinal) {
        List<Fetched.Chunk> chunks = new ArrayList<>();
        Awaitility.await("message " + ordinal).until(() -> {
            if (reader.poll(WAIT) instanceof Fetched.Chunk chunk) {
                chunks.add(chunk);
            }
            return !chunks.isEmpty() && at(chunks).ordinal() >= ordinal;
        });
        return chunks;
    }

    private static Position at(List<Fetched.Chunk> chunks) {
        return chunks.getLast().stand().orElseThrow().position();
    }

    @Test
    void no_more_than_prefetch_comes_until_it_is_committed_and_a_commit_is_due_before() {
        queues.fill(queue, 0, MESSAGES);
        try (SplitReader reader = reader()) {
            List<Fetched.Chunk> first = read(reader, 20);
            assertThat(at(first).ordinal()).isEqualTo(20);
            assertThat(first).anyMatch(chunk -> chunk.stand().orElseThrow().isDue());
            assertThat(reader.poll(WAIT)).isInstanceOf(Fetched.Idle.class);

            reader.committed(split.id(), at(first));
            assertThat(at(read(reader, MESSAGES)).ordinal()).isEqualTo(MESSAGES);
        }
        assertThat(queues.left(queue)).isEqualTo(MESSAGES - 20);
    }

    @Test
    void what_was_on_its_way_when_the_connection_broke_is_acknowledged_by_its_second_delivery() {
        queues.fill(queue, 0, 10);
        try (SplitReader reader = reader()) {
            Position at = at(read(reader, 10));
            proxy.end(Ending.RESET);
            Awaitility.await("all came again").until(() -> {
                try {
                    assertThat(reader.poll(WAIT)).isInstanceOf(Fetched.Idle.class);
                } catch (WisentException broken) {
                    assertThat(broken.isTransient()).isTrue();
                }
                return planner.warnings().stream().anyMatch(warning -> warning.endsWith(": 10"));
            });
            reader.committed(split.id(), at);
        }
        assertThat(queues.left(queue)).isZero();
    }

    @Test
    void what_is_read_again_from_an_earlier_position_is_given_back_to_the_broker_first() {
        queues.fill(queue, 0, 10);
        SeenIds four = SeenIds.of("", 20);
        MessageIds ids = new MessageIds(MessageIds.From.PROPERTY, "");
        IntStream.range(0, 4).forEach(i -> ids.of(Queues.identified(i)).ifPresent(four::add));
        try (SplitReader reader = reader()) {
            read(reader, 10);
            reader.remove(split.id());
            reader.add(split, new Position(4, four.token()));

            reader.committed(split.id(), at(read(reader, 10)));
        }
        assertThat(queues.left(queue)).isZero();
    }
}
