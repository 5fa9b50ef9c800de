package dev.wisent.connectors.kafka.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.connectors.kafka.ClientKeys;
import dev.wisent.connectors.kafka.ClientOptions;
import dev.wisent.connectors.kafka.Clients;
import dev.wisent.connectors.kafka.registry.RegistryKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/// The keys of the source.
///
/// @param consumer settings of the client, under its own names
/// @param group where committed offsets are mirrored to; empty: nowhere
/// @param routed whether `streams:` says where topics go
record ReadOptions(
        String pipeline,
        StreamId stream,
        Optional<SyncMode> mode,
        ClientOptions client,
        Map<String, String> consumer,
        List<TopicChoice> topics,
        Optional<String> group,
        Start start,
        Isolation isolation,
        DecodeOptions decoding,
        ReadAs readAs,
        ColumnOptions columns,
        Skips skips,
        List<String> routed,
        long maxRecordBytes) {

    /// Where a partition is begun that was never read.
    enum Start {
        EARLIEST,
        /// Partitions found later are read from their beginning all the same.
        LATEST
    }

    enum Isolation {
        READ_COMMITTED,
        READ_UNCOMMITTED
    }

    /// What a message becomes.
    enum ReadAs {
        /// A record with topic, partition, offset, timestamp, key, headers and value.
        MESSAGE,
        /// The value is the record.
        VALUE,
        /// The fields of the value are columns.
        COLUMNS
    }

    /// Messages that are kept aside as rejects.
    enum Skip {
        EMPTY_VALUE,
        KEY_NOT_JSON
    }

    /// @param skipped what is a reject
    record Skips(List<Skip> skipped) {
        Skips {
            skipped = List.copyOf(skipped);
        }

        boolean has(Skip skip) {
            return skipped.contains(skip);
        }
    }

    /// What Wisent sets itself.
    private static final List<String> OURS = List.of(
            "enable.auto.commit",
            "group.id",
            "group.instance.id",
            "key.deserializer",
            "value.deserializer",
            "group.protocol",
            "bootstrap.servers",
            "isolation.level",
            "partition.assignment.strategy",
            "sasl.jaas.config");
    /// Settings of Bizon's standard that mean nothing to a consumer that is assigned its partitions, or the same as ours.
    private static final Map<String, List<String>> HARMLESS = Map.of(
            "enable.auto.commit", List.of("false"), "session.timeout.ms", List.of(), "max.poll.interval.ms", List.of());
    private static final String AUTO_OFFSET_RESET = "auto.offset.reset";

    private static final String NO_EFFECT = "fetching is bounded by bytes, and ends by itself";

    private static final Key<Optional<String>> TOPIC_NAME =
            Key.text("name").about("the topic").optional();
    private static final Key<Optional<Pattern>> TOPIC_PATTERN = Key.text("pattern")
            .about("instead of `name`: a regular expression whole names match; topics that come later are found")
            .as("a regular expression", Pattern.compile(""), ReadOptions::pattern)
            .optional();
    private static final Key<Optional<String>> DESTINATION_ID = Key.text("destination_id")
            .about("where its messages go; `{topic}` stands for the topic's name")
            .optional("the stream's own target");
    private static final Key<List<ConfigSection>> TOPICS = Key.nestedList(
                    "topics", ConfigShape.of(TOPIC_NAME, TOPIC_PATTERN, DESTINATION_ID))
            .about("what is read; without it the topics that `streams:` names")
            .orEmpty();
    private static final Key<Optional<String>> GROUP_ID = Key.text("group_id")
            .about("a consumer group that shows how far is committed, for monitoring only: nothing is read from it")
            .optional("no offsets are written to Kafka");
    private static final Key<Start> START = Key.choice("start_from", Start.class)
            .about("where partitions are begun that were never read")
            .standard(Start.EARLIEST);
    private static final Key<Isolation> ISOLATION = Key.choice("isolation_level", Isolation.class)
            .about("whether messages of transactions that are open or were aborted are read")
            .standard(Isolation.READ_COMMITTED);
    private static final Key<ReadAs> READ_AS = Key.choice("read_as", ReadAs.class)
            .about(
                    "what a message becomes: a record of its own with the value inside, its value alone, or the columns of its value")
            .standard(ReadAs.MESSAGE);
    private static final Key<Boolean> SKIP_EMPTY = Key.truth("skip_message_empty_value")
            .about("messages without value (tombstones) are rejects; else records whose value is null")
            .standard(true);
    private static final Key<Boolean> SKIP_KEYS = Key.truth("skip_message_invalid_keys")
            .about("messages whose key is no JSON are rejects; else such keys are text")
            .standard(false);
    private static final Key<Optional<ConfigNode>> SKIP_DECODE = Key.idle(
            "skip_message_on_decode_error",
            "messages that can't be decoded are rejects; error_handling says what becomes of them");
    private static final Key<Map<String, String>> CONSUMER_CONFIG = ClientKeys.config("consumer_config");
    private static final Key<Optional<ConfigSection>> AUTHENTICATION =
            ClientKeys.authentication(RegistryKeys.BESIDE_LOGIN.toArray(Key<?>[]::new));

    static final ConfigShape KEYS = ClientKeys.SHAPE
            .and(AUTHENTICATION, TOPICS, GROUP_ID, START, ISOLATION)
            .and(DecodeOptions.SHAPE)
            .and(READ_AS)
            .and(ColumnOptions.KEYS)
            .and(SKIP_EMPTY, SKIP_KEYS, SKIP_DECODE, CONSUMER_CONFIG)
            .and(Key.idle("batch_size", NO_EFFECT), Key.idle("consumer_timeout", NO_EFFECT));

    static ReadOptions read(ConfigSection config, SourceSettings settings) {
        Map<String, String> consumer = new HashMap<>(config.read(CONSUMER_CONFIG));
        Optional<String> reset = Optional.ofNullable(consumer.remove(AUTO_OFFSET_RESET));
        HARMLESS.forEach((name, values) -> {
            if (values.isEmpty() || values.contains(consumer.getOrDefault(name, ""))) {
                consumer.remove(name);
            }
        });
        ClientKeys.refuse(config, CONSUMER_CONFIG.name(), consumer, Clients.made(ConsumerConfig::configNames), OURS);
        Start start = config.read(START);
        if (reset.isPresent() && !config.has(START.name())) {
            start = reset(config, reset.get());
        }
        ReadAs readAs = config.read(READ_AS);
        Optional<ConfigSection> authentication = config.read(AUTHENTICATION);
        DecodeOptions decoding = DecodeOptions.read(config, authentication, readAs);
        ReadOptions options = new ReadOptions(
                settings.pipelineId(),
                settings.stream(),
                settings.syncMode(),
                ClientKeys.read(config, authentication, consumer),
                consumer,
                topics(config, settings),
                config.read(GROUP_ID),
                start,
                config.read(ISOLATION),
                decoding,
                readAs,
                ColumnOptions.read(config, readAs, decoding),
                skips(config),
                settings.routed(),
                settings.maxRecordBytes());
        config.done();
        return options;
    }

    private static Skips skips(ConfigSection config) {
        List<Skip> skips = new ArrayList<>();
        if (config.read(SKIP_EMPTY)) {
            skips.add(Skip.EMPTY_VALUE);
        }
        if (config.read(SKIP_KEYS)) {
            skips.add(Skip.KEY_NOT_JSON);
        }
        config.read(SKIP_DECODE);
        return new Skips(skips);
    }

    private static Start reset(ConfigSection config, String text) {
        return switch (text) {
            case "earliest", "beginning", "smallest" -> Start.EARLIEST;
            case "latest", "end", "largest" -> Start.LATEST;
            default -> {
                config.problem(
                        CONSUMER_CONFIG.name(),
                        "'" + AUTO_OFFSET_RESET + "' must be earliest or latest",
                        "start_from says the same");
                yield Start.EARLIEST;
            }
        };
    }

    private static List<TopicChoice> topics(ConfigSection config, SourceSettings settings) {
        List<TopicChoice> choices = new ArrayList<>();
        for (ConfigSection section : config.read(TOPICS)) {
            Optional<String> name = section.read(TOPIC_NAME);
            Optional<Pattern> pattern = section.read(TOPIC_PATTERN);
            Optional<String> target = section.read(DESTINATION_ID);
            if (name.isPresent() == pattern.isPresent()) {
                section.problem(TOPIC_NAME.name(), "a topic has a name or a pattern, one of them", "");
            } else if (name.isPresent()) {
                choices.add(new TopicChoice(new TopicChoice.Name.Exactly(name.get()), target));
            } else {
                choices.add(new TopicChoice(new TopicChoice.Name.Matching(pattern.get()), target));
            }
        }
        if (!config.has(TOPICS.name())) {
            settings.routed().forEach(topic -> choices.add(TopicChoice.exactly(topic)));
        }
        if (choices.isEmpty()) {
            config.problem(TOPICS.name(), "names no topic", "topics: [{name: orders}]");
        }
        return choices;
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription(), e);
        }
    }

    /// Where messages of `topic` go; empty: to the stream's own target.
    Optional<String> target(String topic) {
        Optional<String> chosen = topics.stream()
                .filter(choice -> choice.takes(topic))
                .findFirst()
                .flatMap(choice -> choice.target(topic));
        return chosen.isPresent() || !routed.contains(topic) ? chosen : Optional.of(topic);
    }

    /// Whether more topics may come that are read.
    boolean hasPatterns() {
        return topics.stream().anyMatch(choice -> choice.topic() instanceof TopicChoice.Name.Matching);
    }

    /// What decides which records there are.
    String fingerprint() {
        return "servers=" + client.servers() + " topics=" + topics + " isolation=" + isolation + " "
                + decoding.fingerprint() + " read_as=" + readAs + " " + columns.fingerprint() + " skips="
                + skips.skipped();
    }
}
