package dev.wisent.connectors.queuerabbitmq.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.connectors.queuerabbitmq.Login;
import dev.wisent.connectors.queuerabbitmq.LoginKeys;
import dev.wisent.connectors.queuerabbitmq.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys of the source.
///
/// @param prefetch how many messages of a queue may be unacknowledged
record ReadOptions(
        StreamId stream,
        Login login,
        List<Choice> queues,
        Encoding encoding,
        ReadAs readAs,
        MessageIds ids,
        int prefetch,
        int window,
        long maxRecordBytes) {
    /// A queue.
    ///
    /// @param target where its messages go; empty: to the stream's own target
    record Choice(String queue, Optional<String> target) {}

    /// What the bytes of a message are.
    enum Encoding {
        JSON,
        TEXT
    }

    /// What a message becomes.
    enum ReadAs {
        /// A record with queue, exchange, routing key, headers and more, and the value inside.
        MESSAGE,
        /// The value is the record.
        VALUE
    }

    private static final long PREFETCH = 1_000;
    private static final long MOST = 100_000;

    private static final Key<String> NAME = Key.text("name").about("the queue").required();
    private static final Key<Optional<String>> DESTINATION_ID =
            Key.text("destination_id").about("where its messages go").optional("the stream's own target");
    private static final Key<List<ConfigSection>> QUEUES = Key.nestedList(
                    "queues", ConfigShape.of(NAME, DESTINATION_ID))
            .about("what is read; without it the queues that `streams:` names")
            .orEmpty();
    private static final Key<Encoding> ENCODING = Key.choice("message_encoding", Encoding.class)
            .about("what the bytes of messages are")
            .standard(Encoding.JSON);
    private static final Key<ReadAs> READ_AS = Key.choice("read_as", ReadAs.class)
            .about("what a message becomes: a record of its own with the value inside, or its value alone")
            .standard(ReadAs.MESSAGE);
    private static final Key<MessageIds.From> MESSAGE_ID = Key.choice("message_id", MessageIds.From.class)
            .about(
                    "what tells a message from all others, which makes its delivery exactly once: the property `message_id`, or a header; with `none` at least once")
            .standard(MessageIds.From.NONE);
    private static final Key<Optional<String>> ID_HEADER = Key.text("message_id_header")
            .about("with `message_id: header`: its name")
            .optional();
    private static final Key<Long> PREFETCH_KEY = Key.whole("prefetch", 1, MOST)
            .about("how many messages of a queue may be read and not acknowledged; half of them make a commit due")
            .standard(PREFETCH);
    private static final Key<Optional<Long>> WINDOW = Key.whole("dedup_window", 1, 2 * MOST)
            .about(
                    "with message ids: by how many of the last ones a message is known that comes again; not less than `prefetch`")
            .optional("twice `prefetch`");

    static final ConfigShape KEYS =
            LoginKeys.SHAPE.and(QUEUES, ENCODING, READ_AS, MESSAGE_ID, ID_HEADER, PREFETCH_KEY, WINDOW);

    static ReadOptions read(ConfigSection config, SourceSettings settings) {
        Login login = LoginKeys.read(config, Side.SOURCE, broker -> "rabbitmq, " + broker);
        long prefetch = config.read(PREFETCH_KEY);
        ReadOptions options = new ReadOptions(
                settings.stream(),
                login,
                queues(config, settings),
                config.read(ENCODING),
                config.read(READ_AS),
                ids(config),
                (int) prefetch,
                Math.toIntExact(config.read(WINDOW).orElse(2 * prefetch)),
                settings.maxRecordBytes());
        options.refuseShortWindow(config);
        config.done();
        return options;
    }

    private static List<Choice> queues(ConfigSection config, SourceSettings settings) {
        List<Choice> queues = new ArrayList<>();
        for (ConfigSection section : config.read(QUEUES)) {
            String name = section.read(NAME);
            if (queues.stream().anyMatch(each -> each.queue().equals(name))) {
                section.problem(NAME.name(), "names a queue twice", "");
            }
            Optional<String> routed = settings.routed().contains(name) ? Optional.of(name) : Optional.empty();
            queues.add(new Choice(name, section.read(DESTINATION_ID).or(() -> routed)));
        }
        if (!config.has(QUEUES.name())) {
            settings.routed().forEach(name -> queues.add(new Choice(name, Optional.of(name))));
        }
        if (queues.isEmpty()) {
            config.problem(QUEUES.name(), "names no queue", "queues: [{name: orders}]");
        }
        return List.copyOf(queues);
    }

    private static MessageIds ids(ConfigSection config) {
        MessageIds.From from = config.read(MESSAGE_ID);
        Optional<String> header = config.read(ID_HEADER);
        if (from == MessageIds.From.HEADER && header.isEmpty()) {
            config.problem(MESSAGE_ID.name(), "does not say which header", "message_id_header: x-message-id");
        }
        if (from != MessageIds.From.HEADER && header.isPresent()) {
            config.problem(ID_HEADER.name(), "is for message_id: header", "");
        }
        return new MessageIds(from, header.orElse(""));
    }

    /// All messages that are not acknowledged may come again.
    private void refuseShortWindow(ConfigSection config) {
        if (window < prefetch) {
            config.problem(
                    WINDOW.name(),
                    "is less than prefetch (" + prefetch + "): as many messages may come again",
                    "dedup_window: " + 2 * prefetch);
        }
        if (config.has(WINDOW.name()) && ids.from() == MessageIds.From.NONE) {
            config.problem(WINDOW.name(), "is a window of message ids, and message_id is none", "message_id: property");
        }
    }

    /// Where messages of `queue` go; empty: to the stream's own target.
    Optional<String> target(String queue) {
        return queues.stream()
                .filter(each -> each.queue().equals(queue))
                .findFirst()
                .flatMap(Choice::target);
    }

    /// What decides which records there are.
    String fingerprint() {
        return login.location() + " vhost=" + login.vhost() + " queues=" + queues + " encoding=" + encoding
                + " read_as=" + readAs + " ids=" + ids;
    }
}
