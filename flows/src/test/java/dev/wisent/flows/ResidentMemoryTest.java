package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a load takes of memory does not grow with what it loads: whole processes with the launcher's heap, whose limit is a
/// quarter of the machine's memory.
@Tag("soak")
class ResidentMemoryTest {
    private static final int PARTITIONS = 4;
    private static final int FEW = 500_000;
    private static final int MANY = 4_000_000;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    @TempDir
    Path folder;

    @Test
    void eight_times_as_many_messages_take_no_more_memory() throws IOException {
        long few = peakOf(FEW);
        long many = peakOf(MANY);

        System.out.println("peak resident bytes: " + few + ", " + many);
        assertThat(many).isLessThan(few * 5 / 4);
    }

    /// Loads a topic of so many messages into a Delta table.
    private long peakOf(int messages) throws IOException {
        Path work = Files.createDirectories(folder.resolve("of-" + messages));
        Files.writeString(
                work.resolve("pipeline.yml"), """
                name: memory
                source: {name: kafka, stream: herd, sync_mode: incremental, bootstrap_servers: "%s", topics: [{name: %s}],
                  read_as: columns, schema: {fields: [{name: id, type: int64}, {name: note, type: string}]}}
                destination: {name: delta, config: {path: out/}}
                """.formatted(KafkaBroker.shared().servers(), topic(messages)));
        AtomicLong peak = new AtomicLong();
        try (ChildRun run = ChildCommand.run(work, "pipeline.yml")
                .withJvm("-Xms96m", "-Xmn24m", "-Dwisent.heap.watch=true")
                .start()) {
            Awaitility.await()
                    .atMost(LONG)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK_EVERY)
                    .until(() -> {
                        run.peakMemory().ifPresent(bytes -> peak.accumulateAndGet(bytes, Math::max));
                        return !run.isAlive();
                    });
            assertThat(run.await().exits(0).count("written")).isEqualTo(messages);
        }
        return peak.get();
    }

    private static String topic(int messages) {
        try (Topics topics = new Topics(KafkaBroker.shared())) {
            String topic = topics.make("memory", PARTITIONS);
            for (int i = 0; i < messages; i++) {
                String note = Long.toHexString(i * 0x9E3779B97F4A7C15L).repeat(11);
                byte[] value = ("{\"id\":" + i + ",\"note\":\"" + note + "\"}").getBytes(StandardCharsets.UTF_8);
                topics.sendSoon(new ProducerRecord<>(topic, i % PARTITIONS, null, value));
            }
            topics.flush();
            return topic;
        }
    }
}
