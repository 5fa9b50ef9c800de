package dev.wisent.connectors.kafka.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.LaneId;
import dev.wisent.api.RunId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.commit.Role;
import dev.wisent.api.destination.Destination;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.WritingRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The lanes of one stream write at once, from one process and from several.
class LanesTest {
    /// As Configured has it.
    private static final String PIPELINE = "test";
    private static final TargetId ORDERS = new TargetId("orders");
    private static final Schema SCHEMA = Schema.of(Field.required("id", DataType.STRING));

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);
    private final String own = topics.make("lanes", 1);

    @AfterEach
    void close() {
        topics.close();
    }

    private Destination open(String progress) {
        return Configured.destination(
                new KafkaFactory(),
                Map.of(
                        "bootstrap_servers",
                        broker.servers(),
                        "topic_prefix",
                        own + ".",
                        "progress_topic",
                        progress,
                        "replication_factor",
                        "1"));
    }

    @Test
    void lanes_that_commit_at_once_bring_each_row_once_and_their_progress_outlives_compaction() throws Exception {
        String progress = own + ".progress";
        int commits = ProgressRecord.RING + ProgressRecord.BASE_EVERY + 7;
        List<Callable<String>> lanes = new ArrayList<>();
        try (Destination shared = open(progress);
                Destination another = open(progress);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            int count = shared.capabilities().lanes();
            for (int number = 0; number < count; number++) {
                int lane = number;
                // The last ones write rarely: their commits are old when others write bases.
                int wanted = lane < 2 ? commits : 10 * lane;
                // As the engine does, the first lane first: who claims it ends what is open in the others.
                WritingRun run = WritingRun.on(lane == 1 ? another : shared, new Progress())
                        .in(new LaneId(lane))
                        .claimed();
                lanes.add(() -> written(run, lane, wanted));
            }
            for (Future<String> each : threads.invokeAll(lanes)) {
                each.get();
            }

            ProgressView view = shared.progress(WritingRun.STREAM);
            assertThat(view.lanes()).hasSize(count);
            assertThat(ids())
                    .hasSize(2 * commits
                            + IntStream.range(2, count).map(lane -> 10 * lane).sum())
                    .doesNotHaveDuplicates();
            assertThat(seen(progress)).isEqualTo(view);
            assertThat(seen(compacted(progress))).isEqualTo(view);
        }
    }

    @Test
    void a_base_lacks_what_another_lane_committed_while_it_was_on_its_way() {
        String progress = topics.make("base", 1);
        Standing before = Standing.nothing();
        for (long n = 1; n < ProgressRecord.BASE_EVERY; n++) {
            before.apply(claim(LaneId.FIRST, n));
        }
        Commit.Claim hundredth = claim(LaneId.FIRST, ProgressRecord.BASE_EVERY);
        Commit.Claim meanwhile = claim(new LaneId(1), 1);
        topics.sendSoon(taken(progress, meanwhile));
        topics.sendSoon(ProgressRecord.of(progress, PIPELINE, hundredth.head(), new ProgressRecord.Base(before)));
        topics.sendSoon(taken(progress, hundredth));
        topics.flush();
        before.apply(hundredth);
        before.apply(meanwhile);

        assertThat(seen(progress)).isEqualTo(before.view().progress());
    }

    private static ProducerRecord<byte[], byte[]> taken(String progress, Commit commit) {
        return ProgressRecord.of(progress, PIPELINE, new ProgressRecord.Taken(commit, Map.of()));
    }

    private static Commit.Claim claim(LaneId lane, long n) {
        RunId run = new RunId("run");
        return new Commit.Claim(
                new Head(new CommitId(lane + "-" + n), WritingRun.STREAM, lane, n, run),
                new Claimant(run, "here", 1, Instant.EPOCH, Role.READ));
    }

    /// @return the last row
    private static String written(WritingRun claimed, int lane, int commits) {
        String last = "";
        try (claimed) {
            for (int i = 0; i < commits; i++) {
                last = lane + "-" + i;
                Commit.Data data = claimed.data(claimed.live(), claimed.write(ORDERS, row(last)));
                claimed.committed(data).again(data);
            }
        }
        return last;
    }

    private static RecordBatch row(String id) {
        RecordBatch batch = RecordBatch.of(SCHEMA);
        ((BytesColumn) batch.column(0)).append(id);
        batch.endRow();
        return batch;
    }

    private List<String> ids() {
        return topics.read(own + ".orders").stream()
                .map(message -> new String(message.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private ProgressView seen(String progress) {
        try (Destination fresh = open(progress)) {
            return fresh.progress(WritingRun.STREAM);
        }
    }

    /// A topic with what compaction leaves of `progress`: the last record of each key, in their order.
    private String compacted(String progress) {
        List<ConsumerRecord<byte[], byte[]>> all = topics.read(progress);
        Map<ByteBuffer, Long> last = new HashMap<>();
        all.forEach(record -> last.put(ByteBuffer.wrap(record.key()), record.offset()));
        assertThat(last).hasSizeLessThan(all.size());
        String copy = topics.make("compacted", 1);
        for (ConsumerRecord<byte[], byte[]> record : all) {
            if (last.get(ByteBuffer.wrap(record.key())) == record.offset()) {
                topics.sendSoon(new ProducerRecord<>(copy, 0, record.key(), record.value(), record.headers()));
            }
        }
        topics.flush();
        return copy;
    }
}
