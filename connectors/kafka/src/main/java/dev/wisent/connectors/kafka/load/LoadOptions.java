package dev.wisent.connectors.kafka.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.connectors.kafka.ClientKeys;
import dev.wisent.connectors.kafka.ClientOptions;
import dev.wisent.connectors.kafka.Clients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;

/// The keys of the destination.
///
/// @param producer settings of the client, under its own names
/// @param prefix stands before the names of targets
/// @param partitions of topics that Wisent makes
/// @param replication of topics that Wisent makes; empty: as the brokers have it
/// @param key the columns whose values are the message's key; empty: none has one
record LoadOptions(
        String pipeline,
        TargetId target,
        ClientOptions client,
        Map<String, String> producer,
        String prefix,
        String progressTopic,
        int partitions,
        Optional<Short> replication,
        Duration transactionTimeout,
        List<String> key) {

    private static final List<String> OURS = List.of(
            "enable.idempotence",
            "transactional.id",
            "acks",
            "key.serializer",
            "value.serializer",
            "bootstrap.servers",
            "max.in.flight.requests.per.connection",
            "transaction.timeout.ms",
            "sasl.jaas.config");
    private static final int MOST_PARTITIONS = 10_000;

    private static final Key<String> PROGRESS_TOPIC = Key.text("progress_topic")
            .about(
                    "where the progress is kept: a compacted topic of one partition, made if it is missing; pipelines may share it")
            .standard("_wisent_progress");
    private static final Key<String> TOPIC_PREFIX = Key.text("topic_prefix")
            .about("stands before each `destination_id` to make the name of its topic")
            .standard("");
    private static final Key<Long> PARTITIONS = Key.whole("partitions", 1, MOST_PARTITIONS)
            .about("how many partitions topics get that Wisent makes")
            .standard(1L);
    private static final Key<Optional<Long>> REPLICATION = Key.whole("replication_factor", 1, Short.MAX_VALUE)
            .about("how many brokers keep topics that Wisent makes")
            .optional("as the brokers have it");
    private static final Key<Duration> TRANSACTION_TIMEOUT = Key.seconds("transaction_timeout")
            .about(
                    "how long sending the rows of one commit may take; the brokers' `transaction.max.timeout.ms` is the most")
            .standard(Duration.ofSeconds(60));
    private static final Key<Map<String, String>> PRODUCER_CONFIG = ClientKeys.config("producer_config");
    private static final Key<Optional<ConfigSection>> AUTHENTICATION = ClientKeys.authentication();

    static final ConfigShape KEYS = ClientKeys.SHAPE.and(
            AUTHENTICATION,
            TOPIC_PREFIX,
            PROGRESS_TOPIC,
            PARTITIONS,
            REPLICATION,
            TRANSACTION_TIMEOUT,
            PRODUCER_CONFIG);

    static LoadOptions read(ConfigSection config, DestinationSettings settings) {
        Map<String, String> producer = config.read(PRODUCER_CONFIG);
        ClientKeys.refuse(config, PRODUCER_CONFIG.name(), producer, Clients.made(ProducerConfig::configNames), OURS);
        LoadOptions options = new LoadOptions(
                settings.pipelineId(),
                settings.defaultTarget(),
                ClientKeys.read(config, config.read(AUTHENTICATION), producer),
                producer,
                config.read(TOPIC_PREFIX),
                config.read(PROGRESS_TOPIC),
                Math.toIntExact(config.read(PARTITIONS)),
                config.read(REPLICATION).map(Long::shortValue),
                config.read(TRANSACTION_TIMEOUT),
                settings.primaryKey());
        config.done();
        return options;
    }
}
