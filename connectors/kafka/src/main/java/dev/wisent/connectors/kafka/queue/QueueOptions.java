package dev.wisent.connectors.kafka.queue;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.connectors.kafka.ClientKeys;
import dev.wisent.connectors.kafka.ClientOptions;
import dev.wisent.connectors.kafka.Clients;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;

/// The keys of the queue, under `config`.
///
/// @param topic what the topics' names begin with
/// @param replication of topics that Wisent makes; empty: as the brokers have it
/// @param group under which brokers show how far was loaded
record QueueOptions(ClientOptions client, String topic, Optional<Short> replication, String group) {
    /// Kafka allows 249; job and a number of it follow.
    private static final Pattern STEM = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private static final List<String> OURS = List.of(
            "bootstrap.servers",
            "client.id",
            "sasl.jaas.config",
            "metadata.max.age.ms",
            "request.timeout.ms",
            "default.api.timeout.ms");
    private static final String EXACT = "the destination says where loading goes on";

    private static final Key<String> TOPIC = Key.text("topic")
            .about("what the topics' names begin with; the job follows, so pipelines may share it")
            .standard("wisent");
    private static final Key<Optional<Long>> REPLICATION = Key.whole("replication_factor", 1, Short.MAX_VALUE)
            .about("how many brokers keep what waits, of topics that Wisent makes")
            .optional("as the brokers have it");
    private static final Key<Optional<ConfigSection>> AUTHENTICATION = ClientKeys.authentication();
    private static final Key<Map<String, String>> CLIENT_CONFIG = ClientKeys.config("client_config");
    private static final Key<ConfigSection> QUEUE = Key.nested(
                    "queue", ClientKeys.SHAPE.and(AUTHENTICATION, TOPIC, REPLICATION, CLIENT_CONFIG))
            .about("brokers and names")
            .required();
    private static final Key<String> GROUP_ID = Key.text("group_id")
            .about("the group under which the brokers show how far was loaded; nobody joins it")
            .standard("wisent");
    private static final Key<ConfigSection> CONSUMER = Key.nested(
                    "consumer",
                    ConfigShape.of(
                            GROUP_ID,
                            Key.idle("auto_offset_reset", EXACT),
                            Key.idle("enable_auto_commit", "what is committed in the destination is acknowledged"),
                            Key.idle("consumer_timeout_ms", "a loader waits until the end marker has come")))
            .about("the loaders' side")
            .orEmpty();

    static final ConfigShape KEYS =
            ConfigShape.of(QUEUE, CONSUMER, Key.idle("max_nb_messages", "what waits is on the brokers' disks"));

    static QueueOptions read(ConfigSection config) {
        ConfigSection queue = config.read(QUEUE);
        Map<String, String> own = queue.read(CLIENT_CONFIG);
        ClientKeys.refuse(queue, CLIENT_CONFIG.name(), own, Clients.made(AdminClientConfig::configNames), OURS);
        String topic = queue.read(TOPIC);
        if (!STEM.matcher(topic).matches()) {
            queue.problem(
                    TOPIC.name(),
                    "can't begin the name of a topic" + queue.quoted(TOPIC.name()),
                    "up to 100 letters, digits, '.', '_' and '-'");
        }
        return new QueueOptions(
                ClientKeys.read(queue, queue.read(AUTHENTICATION), own),
                topic,
                queue.read(REPLICATION).map(Long::shortValue),
                config.read(CONSUMER).read(GROUP_ID));
    }

    String location() {
        return "kafka, " + client.servers() + ", topic " + topic;
    }
}
