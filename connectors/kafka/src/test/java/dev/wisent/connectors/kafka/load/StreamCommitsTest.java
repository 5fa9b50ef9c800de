package dev.wisent.connectors.kafka.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Commit;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.ChildCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When rows are seen in the stream runner, if nothing says so.
class StreamCommitsTest {
    /// One after the other, over six seconds.
    private static final int ROWS = 200;

    @TempDir
    Path folder;

    private final KafkaBroker broker = KafkaBroker.shared();
    private final Topics topics = new Topics(broker);
    private final String own = topics.make("soon", 1);

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void rows_are_seen_as_they_come() throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: soon
                source: {name: generator, stream: orders, sync_mode: stream, rows: %d, page_size: 1, sleep_ms: 30}
                destination: {name: kafka, config: {bootstrap_servers: "%s", topic_prefix: %s., progress_topic: %s.progress,
                  destination_id: orders, replication_factor: 1}}
                engine: {runner: {type: stream}, until_idle: 1, backend: {type: sqlite_in_memory}}
                """.formatted(ROWS, broker.servers(), own, own));
        ChildCommand.run(folder, "pipeline.yml").here().exits(0);

        long commits = topics.read(own + ".progress").stream()
                .flatMap(record -> ProgressRecord.of("soon", new StreamId("orders"), record).stream())
                .filter(record -> record instanceof ProgressRecord.Taken taken && taken.commit() instanceof Commit.Data)
                .count();
        assertThat(topics.read(own + ".orders")).hasSize(ROWS);
        // One a second would make some 24 in four lanes.
        assertThat(commits).isGreaterThan(ROWS / 3);
    }
}
