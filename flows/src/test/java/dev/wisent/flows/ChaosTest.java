package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.connectors.kafka.registry.RegistryFake;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A stream of a topic into PostgreSQL, while its processes come and go, partitions are added, transactions are aborted, and
/// messages are huge or poison: each message that was committed is a row, each poisoned one a reject, once.
@ExtendWith(Trained.class)
class ChaosTest {
    private static final Duration PACE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LOADERS = 3;
    private static final int MOST_PARTITIONS = 8;
    private static final int PARTITIONS_EVERY = 8;
    private static final int HUGE_EVERY = 10;
    private static final Pattern PLACE = Pattern.compile("partition (\\d+), offset (\\d+)");

    @TempDir
    Path folder;

    @Test
    void processes_that_come_and_go_lose_no_message_and_double_none() throws IOException {
        chaos(
                Encoded.JSON,
                Through.KAFKA,
                2,
                2,
                (crew, loaded) -> Awaitility.await().atMost(PATIENCE).until(loaded::getAsBoolean));
    }

    /// Two minutes each.
    @Tag("soak")
    @ParameterizedTest
    @CsvSource({"JSON, KAFKA", "TEXT, RABBITMQ", "AVRO, KAFKA", "PROTOBUF, RABBITMQ", "DEBEZIUM, KAFKA"})
    void processes_that_come_and_go_every_three_seconds_lose_no_message_and_double_none(Encoded encoded, Through queue)
            throws IOException {
        chaos(encoded, queue, Integer.getInteger("chaos.rounds", 40), LOADERS, (crew, loaded) -> crew.work(PACE));
    }

    private void chaos(Encoded encoded, Through queue, int rounds, int loaders, Between between) throws IOException {
        Random random = new Random(Long.getLong("wisent.seed", 1));
        PostgresServer.Database database = PostgresServer.shared().database();
        try (Topics topics = new Topics(KafkaBroker.shared());
                RegistryFake registry = RegistryFake.start();
                Traffic traffic = new Traffic(topics, encoded);
                Crew crew = new Crew(
                        pipeline(encoded.keys(registry(registry), proto()), traffic.topic(), queue, database),
                        loaders)) {
            for (int round = 0; round < rounds; round++) {
                long before = count(database);
                traffic.send();
                if (round % HUGE_EVERY == 0) {
                    traffic.sendHuge();
                }
                if (round % PARTITIONS_EVERY == 0 && traffic.partitions() < MOST_PARTITIONS) {
                    traffic.grow();
                }
                between.rounds(crew, () -> count(database) > before);
                crew.comeAndGo(random);
            }
            crew.finish();

            assertThat(rows(database, encoded)).containsExactlyInAnyOrderElementsOf(traffic.good());
            assertThat(rejects()).containsExactlyInAnyOrderElementsOf(traffic.poison());
        }
    }

    /// What the processes are given before one of them goes. `loaded`: some of what was sent since the last one went is there.
    private interface Between {
        void rounds(Crew crew, BooleanSupplier loaded);
    }

    private static long count(PostgresServer.Database database) {
        return database.ask("SELECT to_regclass('herd')").equals("null")
                ? 0
                : Long.parseLong(database.ask("SELECT count(*) FROM herd"));
    }

    private static String registry(RegistryFake registry) {
        registry.confluent(Encoded.SCHEMA_ID, Encoded.AVRO_SCHEMA);
        return registry.url();
    }

    private String proto() throws IOException {
        return Files.writeString(folder.resolve("cow.proto"), Encoded.PROTO_FILE)
                .toString();
    }

    private static List<String> rows(PostgresServer.Database database, Encoded encoded) {
        return database.list(
                encoded == Encoded.TEXT
                        ? "SELECT (source_data->>'partition') || ' ' || (source_data->>'offset') FROM herd"
                        : "SELECT kafka_partition || ' ' || kafka_offset FROM herd");
    }

    private List<String> rejects() {
        String told = new ChildCommand(
                        folder,
                        List.of(
                                "rejects",
                                "list",
                                folder.resolve("pipeline.yml").toString(),
                                "--json"),
                        List.of(),
                        OptionalLong.empty())
                .here()
                .exits(0)
                .out();
        return PLACE.matcher(told)
                .results()
                .map(place -> place.group(1) + " " + place.group(2))
                .toList();
    }

    private ChildCommand pipeline(String decoding, String topic, Through queue, PostgresServer.Database database)
            throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: %s
                source: {name: kafka, stream: herd, sync_mode: stream, bootstrap_servers: "%s", topics: [{name: %s}], %s}
                destination: {name: postgres, config: {host: localhost, port: %d, database: %s, username: postgres,
                  schema: public, destination_id: herd, commit_interval: 0.3}}
                error_handling: {dlq_path: "%s"}
                engine: {lease: {heartbeat: 0.2, expiry: 1}, queue: %s, backend: {database: "%s"}}
                """.formatted(
                        topic,
                        KafkaBroker.shared().servers(),
                        topic,
                        decoding,
                        PostgresServer.shared().port(),
                        database.name(),
                        folder.resolve("rejects"),
                        queue.queue(topic),
                        folder.resolve("state.db")));
        return ChildCommand.run(folder, "pipeline.yml");
    }
}
