package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Change events of Debezium merged into a table, which is then as the one they came from.
@ExtendWith(Trained.class)
class ChangeEventsIntoTablesTest {
    private static final int CHANGES = 1_500;
    private static final int KEYS = 200;

    @TempDir
    Path folder;

    @Test
    void a_table_is_as_it_was_after_runs_that_were_killed() throws Exception {
        long seed = Long.getLong("wisent.seed", 1);
        Map<Long, String> table = new TreeMap<>();
        try (Topics topics = new Topics(KafkaBroker.shared())) {
            String topic = topics.make("cows", 3);
            Random random = new Random(seed);
            ChildCommand command = pipeline(topic);

            change(topics, topic, random, table);
            assertThat(command.killedAt(Boundary.BEFORE_COMMIT, 1).result().exit())
                    .isEqualTo(ChildResult.KILLED);
            change(topics, topic, random, table);
            assertThat(command.killedAt(Boundary.COMMITTED, 1).result().exit()).isEqualTo(ChildResult.KILLED);
            change(topics, topic, random, table);
            ChildResult done = command.result().exits(0);

            assertThat(done.out())
                    .contains("\"lag\":{\"behind\":0,\"parts\":[{\"part\":\"topic " + topic
                            + ", partition 0\",\"position\":");
            assertThat(rows()).as("seed " + seed).isEqualTo(table);
        }
    }

    private ChildCommand pipeline(String topic) throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: %s
                source: {name: kafka, stream: cows, sync_mode: incremental, bootstrap_servers: "%s", topics: [{name: %s}],
                  read_as: columns, unwrap: debezium, primary_key: [id]}
                destination: {name: duckdb, config: {database: farm.duckdb, destination_id: cows, commit_interval: 0.05,
                  buffer_size: 0.02}}
                """.formatted(
                        topic, KafkaBroker.shared().servers(), topic));
        return ChildCommand.run(folder, "pipeline.yml");
    }

    /// What a table goes through, with what it is in the end.
    private static void change(Topics topics, String topic, Random random, Map<Long, String> table) {
        for (int i = 0; i < CHANGES; i++) {
            long id = random.nextInt(KEYS);
            String key = "{\"id\":" + id + "}";
            int partition = (int) (id % 3);
            String name = "n" + i;
            if (table.containsKey(id) && random.nextInt(4) == 0) {
                String before = random.nextBoolean() ? "{\"id\":" + id + ",\"name\":null}" : "null";
                send(topics, topic, partition, key, "{\"before\":" + before + ",\"after\":null,\"op\":\"d\"}");
                topics.sendSoon(new ProducerRecord<>(topic, partition, utf8(key), null));
                table.remove(id);
            } else if (table.containsKey(id) && random.nextInt(4) == 0) {
                String kept = "{\"id\":" + id + ",\"name\":\"__debezium_unavailable_value\"}";
                send(topics, topic, partition, key, "{\"before\":null,\"after\":" + kept + ",\"op\":\"u\"}");
            } else {
                String op = table.containsKey(id) ? "u" : "c";
                String after = "{\"id\":" + id + ",\"name\":\"" + name + "\"}";
                send(topics, topic, partition, key, "{\"before\":null,\"after\":" + after + ",\"op\":\"" + op + "\"}");
                table.put(id, name);
            }
        }
        topics.flush();
    }

    private static void send(Topics topics, String topic, int partition, String key, String value) {
        topics.sendSoon(new ProducerRecord<>(topic, partition, utf8(key), utf8(value)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<Long, String> rows() throws SQLException {
        Map<Long, String> rows = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("farm.duckdb"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id, name FROM cows")) {
            while (result.next()) {
                assertThat(rows.put(result.getLong(1), result.getString(2))).isNull();
            }
        }
        return rows;
    }
}
