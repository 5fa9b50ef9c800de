package dev.wisent.connectors.kafka.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages that the broker deleted before they were read.
class LostOffsetsTest {
    @TempDir
    Path folder;

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);
    private final String topic = topics.make("lost", 1);

    @AfterEach
    void close() {
        topics.close();
    }

    private ChildCommand pipeline() throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: lost
                source: {name: kafka, stream: herd, bootstrap_servers: "%s", topics: [{name: %s}], read_as: columns}
                destination: {name: file, config: {path: "%s/out/"}}
                """.formatted(broker.servers(), topic, folder));
        return ChildCommand.run(folder, "pipeline.yml");
    }

    private void send(int from, int to) {
        for (int id = from; id < to; id++) {
            topics.send(topic, 0, "{\"id\":" + id + "}");
        }
    }

    @Test
    void a_run_that_would_go_on_behind_what_is_gone_says_so_and_reads_nothing() throws Exception {
        send(0, 5);
        pipeline().here().exits(0);
        send(5, 10);
        topics.admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(8)))
                .all()
                .get();

        ChildResult told = pipeline().here();

        assertThat(told.exit()).isNotZero();
        assertThat(told.out()).contains("W3003", topic);
        assertThat(told.count("written")).isZero();
    }
}
