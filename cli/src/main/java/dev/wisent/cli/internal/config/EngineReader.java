package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.queue.QueueFactory;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.state.StateStoreFactory;
import dev.wisent.cli.internal.config.PipelineSpec.Backend;
import dev.wisent.cli.internal.config.PipelineSpec.EnginePart;
import dev.wisent.cli.internal.config.PipelineSpec.LogPart;
import dev.wisent.cli.internal.config.PipelineSpec.Publish;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import dev.wisent.engine.plugin.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Reads `engine:`.
final class EngineReader {
    private static final Path STATE = Path.of(".wisent/state.db");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String BOUNDED = "what waits is bounded in bytes (engine.memory_budget)";
    private static final String NO_SUCH_SETTING = "the SQLite store needs no such setting";

    private static final String SQLITE_FILE = "sqlite";
    private static final String IN_MEMORY = "sqlite_in_memory";
    static final Key<Optional<String>> BACKEND_TYPE = Key.text("type")
            .about(
                    "where leases, run records and copies of progress are kept: `sqlite`, `sqlite_in_memory`, `postgres`. It never "
                            + "decides what was written")
            .optional("`sqlite`");
    private static final Key<Optional<Long>> COPY_EVERY = Key.whole("syncCursorInDBEvery", 1, Long.MAX_VALUE)
            .about("after how many commits the state store's copy of the progress is saved, for people to look at. The "
                    + "destination has it in each commit, and wins")
            .optional("when a run claims its place and when it publishes");
    private static final Key<Optional<Path>> DATABASE = Key.text("database")
            .about("the file of the SQLite store; may also stand beside `type`")
            .as("the path of a file", STATE, EngineReader::path)
            .optional("`.wisent/state.db`");
    /// The keys of the SQLite stores, beside `type` or under `config`.
    static final ConfigShape SQLITE = ConfigShape.of(
            BACKEND_TYPE,
            COPY_EVERY,
            DATABASE,
            Key.idle("schema", NO_SUCH_SETTING),
            Key.idle("echoEngine", NO_SUCH_SETTING));
    static final Key<Optional<ConfigSection>> BACKEND =
            Key.mapping("backend").about("the state store").optional();

    private static final String MEMORY = "memory";
    static final List<String> IN_PROCESS = List.of(MEMORY, "python_queue");

    static final Key<Optional<String>> QUEUE_TYPE = Key.text("type")
            .about(
                    "`memory` (or `python_queue`): rows are handed on in memory; `kafka`, `rabbitmq`: through a broker, which "
                            + "keeps what was extracted until it is committed")
            .optional("`memory`");
    private static final Key<ConfigSection> QUEUE_CONFIG = Key.nested(
                    "config",
                    ConfigShape.of(
                            Key.idle("max_nb_messages", BOUNDED),
                            Key.idle("queue", BOUNDED),
                            Key.idle("consumer", BOUNDED)))
            .about("Bizon's settings")
            .orEmpty();
    static final Key<ConfigSection> QUEUE = Key.mapping("queue")
            .about("what stands between reading and writing")
            .orEmpty();
    static final ConfigShape QUEUE_KEYS = ConfigShape.of(QUEUE_TYPE, QUEUE_CONFIG);

    private static final Key<Runner> RUNNER_TYPE = Key.choice(
                    "type", runners(), Map.of(), Map.of("flink", "use thread"))
            .about(
                    "`stream`: one thread computes and commits; `process`: extraction and loading are processes of their own, "
                            + "with the queue between them. `--runner` wins")
            .standard(Runner.THREAD);
    /// More threads than any machine has cores is a slip.
    private static final Key<Optional<Long>> MAX_WORKERS = Key.whole("max_workers", 1, 1024)
            .about("workers; the runner `stream` always has one")
            .optional("the number of cores");
    /// The lanes of a destination are at most 16; the others stand by.
    private static final Key<Long> LOADERS = Key.whole("loaders", 1, 64)
            .about(
                    "with the runner `process`: how many processes load; each loads a part of the destination's lanes, and "
                            + "takes over when another one dies or freezes")
            .standard(1L);
    private static final Key<ConfigSection> RUNNER_CONFIG = Key.nested(
                    "config",
                    ConfigShape.of(
                            MAX_WORKERS,
                            LOADERS,
                            Key.idle("consumer_start_delay", "nothing waits before it starts"),
                            Key.idle("is_alive_check_interval", "a failure is noticed at once")))
            .about("the settings of the runner")
            .orEmpty();
    private static final Key<Optional<LogLevel>> LOG_LEVEL =
            LogLevel.key("the same as `log_level` at the top, which wins").optional();
    private static final Key<ConfigSection> RUNNER = Key.nested(
                    "runner", ConfigShape.of(RUNNER_TYPE, RUNNER_CONFIG, LOG_LEVEL))
            .about("what runs the pipeline")
            .orEmpty();

    private static final Key<Duration> HEARTBEAT =
            Key.seconds("heartbeat").about("how often the lease is renewed").standard(Duration.ofSeconds(5));
    private static final Key<Duration> EXPIRY = Key.seconds("expiry")
            .about("when a lease that nobody renews is lost; at least twice the heartbeat")
            .standard(Duration.ofSeconds(30));
    private static final Key<ConfigSection> LEASE = Key.nested("lease", ConfigShape.of(HEARTBEAT, EXPIRY))
            .about("who may run the pipeline")
            .orEmpty();

    private static final Key<Duration> BUDGET = Key.seconds("budget")
            .about("how long a transient failure is tried again (from 0.1 s, doubling, up to 30 s, with jitter)")
            .standard(Duration.ofSeconds(300));
    private static final Key<ConfigSection> RETRY =
            Key.nested("retry", ConfigShape.of(BUDGET)).about("trying again").orEmpty();

    private static final Key<String> ENVELOPE_PREFIX = Key.text("envelope_prefix")
            .about("the prefix of the envelope's columns; `bizon` for Bizon's names")
            .as("a word of letters, digits and _", "wisent", EngineReader::prefix)
            .standard("wisent");
    private static final Key<Duration> GRACE = Key.seconds("grace")
            .about("how long a stop reads on to a safe place")
            .standard(Duration.ofSeconds(30));
    private static final Key<Duration> UNTIL_IDLE = Key.seconds("until_idle")
            .about("a stream run ends when nothing came for so long")
            .standard(Duration.ZERO, "0: never");
    private static final Key<Optional<Long>> MEMORY_BUDGET = Key.megabytes("memory_budget")
            .about("for what is fetched and what is being written")
            .optional("40 % of the heap");
    private static final Key<Optional<Publish>> PUBLISH = Key.choice("publish", Publish.class)
            .about("when an incremental run shows its rows")
            .optional("the stream's own");

    private static final Key<Long> MAX_CONCURRENT_STREAMS = Key.whole("max_concurrent_streams", 1, 1024)
            .about("of a pipeline with several streams, how many run at once; they share workers and memory")
            .standard(1L);

    /// Bytes: an error with its stack trace fits.
    private static final long SMALLEST_LOG = 10_000;

    private static final Path LOGS = Path.of(".wisent/logs");
    private static final Key<Path> LOG_FOLDER = Key.text("folder")
            .about("where the logs of runs are, in a folder for each pipeline; `wisent logs` shows them")
            .as("the path of a folder", LOGS, EngineReader::path)
            .standard(LOGS, LOGS.toString());
    private static final Key<Long> LOG_KEEP = Key.whole("keep", 0, 100_000)
            .about("how many runs of a pipeline keep their log; 0: none is written")
            .standard(100L);
    private static final Key<Long> LOG_SIZE = Key.megabytes("max_size")
            .about("the most the log of one run may take; a longer one loses its older half")
            .standard(10_000_000L, "10");
    private static final Key<ConfigSection> LOG = Key.nested("logs", ConfigShape.of(LOG_FOLDER, LOG_KEEP, LOG_SIZE))
            .about("what runs leave for `wisent logs`")
            .orEmpty();

    static final ConfigShape KEYS = ConfigShape.of(
            BACKEND,
            QUEUE,
            RUNNER,
            MAX_CONCURRENT_STREAMS,
            PUBLISH,
            ENVELOPE_PREFIX,
            LEASE,
            GRACE,
            RETRY,
            UNTIL_IDLE,
            MEMORY_BUDGET,
            LOG);

    private final ConfigSection engine;
    private final Connectors connectors;

    EngineReader(ConfigSection engine, Connectors connectors) {
        this.engine = engine;
        this.connectors = connectors;
    }

    /// @param id of the pipeline
    EnginePart read(Optional<Runner> overriding, String id) {
        Optional<ConfigSection> store = engine.read(BACKEND).map(section -> section.together("config"));
        Backend backend = store.map(this::backend).orElse(new Backend.Sqlite(STATE));
        Optional<QueueHandle> queue = queue(engine.read(QUEUE));
        ConfigSection runner = engine.read(RUNNER);
        Runner type = runner.read(RUNNER_TYPE);
        ConfigSection running = runner.read(RUNNER_CONFIG);
        int workers = running.read(MAX_WORKERS)
                .map(Math::toIntExact)
                .orElseGet(() -> Runtime.getRuntime().availableProcessors());
        ConfigSection lease = engine.read(LEASE);
        Duration heartbeat = lease.read(HEARTBEAT);
        Duration expiry = lease.read(EXPIRY);
        if (heartbeat.isZero() || expiry.compareTo(heartbeat.multipliedBy(2)) < 0) {
            lease.problem(
                    HEARTBEAT.name(),
                    "the heartbeat must be more than 0, and expiry at least twice as long",
                    "the defaults are heartbeat 5 and expiry 30");
        }
        return new EnginePart(
                backend,
                overriding.orElse(type),
                workers,
                Math.toIntExact(engine.read(MAX_CONCURRENT_STREAMS)),
                engine.read(ENVELOPE_PREFIX),
                heartbeat,
                expiry,
                engine.read(GRACE),
                engine.read(RETRY).read(BUDGET),
                engine.read(UNTIL_IDLE),
                memory(),
                engine.read(PUBLISH),
                store.flatMap(section -> section.read(COPY_EVERY)).orElse(0L),
                queue,
                Math.toIntExact(running.read(LOADERS)),
                logs(engine.read(LOG), id));
    }

    private static LogPart logs(ConfigSection logs, String id) {
        long most = logs.read(LOG_SIZE);
        if (most < SMALLEST_LOG) {
            logs.problem(LOG_SIZE.name(), "must be at least 0.01 MB", "keep: 0 writes no logs at all");
        }
        return new LogPart(logs.read(LOG_FOLDER), Names.ofFile(id), Math.toIntExact(logs.read(LOG_KEEP)), most);
    }

    /// What `engine.runner.log_level` says.
    static Optional<LogLevel> logLevel(ConfigSection engine) {
        return engine.read(RUNNER).read(LOG_LEVEL);
    }

    private OptionalLong memory() {
        Optional<Long> bytes = engine.read(MEMORY_BUDGET);
        if (bytes.filter(b -> b == 0).isPresent()) {
            engine.problem(MEMORY_BUDGET.name(), "must be more than 0 MB", "leave it out to use 40 % of the heap");
        }
        return bytes.filter(b -> b > 0).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private Backend backend(ConfigSection backend) {
        String type = backend.read(BACKEND_TYPE).orElse(SQLITE_FILE).strip().toLowerCase(Locale.ROOT);
        if (type.equals(SQLITE_FILE) || type.equals(IN_MEMORY)) {
            backend.expect(SQLITE);
            Optional<Path> database = backend.read(DATABASE);
            return type.equals(SQLITE_FILE) ? new Backend.Sqlite(database.orElse(STATE)) : new Backend.InMemory();
        }
        Optional<StateStoreFactory> factory = connectors.stateStore(type);
        if (factory.isEmpty()) {
            unknown(backend, type);
            return new Backend.InMemory(); // the keys of such a store are not known
        }
        backend.expect(shape(factory.get()));
        return new Backend.Plugged(factory.get().create(backend));
    }

    /// What stands in the section of a state store of this kind.
    static ConfigShape shape(StateStoreFactory factory) {
        return ConfigShape.of(BACKEND_TYPE, COPY_EVERY).and(factory.keys());
    }

    private void unknown(ConfigSection backend, String type) {
        if (Connectors.LATER_STATE_STORES.contains(type)) {
            backend.problem(
                    BACKEND_TYPE.name(),
                    "'" + type + "' is not available in this version yet",
                    "use sqlite or postgres");
            return;
        }
        List<String> names = new ArrayList<>(List.of(SQLITE_FILE, IN_MEMORY));
        names.addAll(connectors.catalog().names(Kind.STATE_STORE));
        backend.problem(
                BACKEND_TYPE.name(),
                "there is no state store" + backend.quoted(BACKEND_TYPE.name()),
                Names.guess(backend, BACKEND_TYPE.name(), type, names, "there are: " + String.join(", ", names)));
    }

    private Optional<QueueHandle> queue(ConfigSection queue) {
        String type = queue.read(QUEUE_TYPE).orElse(MEMORY).strip().toLowerCase(Locale.ROOT);
        if (IN_PROCESS.contains(type)) {
            queue.expect(QUEUE_KEYS).read(QUEUE_CONFIG);
            return Optional.empty();
        }
        Optional<QueueFactory> factory = connectors.queue(type);
        if (factory.isEmpty()) {
            unknownQueue(queue, type);
            return Optional.empty(); // the keys of such a queue are not known
        }
        Key<ConfigSection> config = config(factory.get());
        queue.expect(ConfigShape.of(QUEUE_TYPE, config));
        return Optional.of(factory.get().create(queue.read(config)));
    }

    private void unknownQueue(ConfigSection queue, String type) {
        List<String> names = new ArrayList<>(IN_PROCESS);
        names.addAll(connectors.catalog().names(Kind.QUEUE));
        queue.problem(
                QUEUE_TYPE.name(),
                "there is no queue" + queue.quoted(QUEUE_TYPE.name()),
                Names.guess(queue, QUEUE_TYPE.name(), type, names, "there are: " + String.join(", ", names)));
    }

    /// The settings of a queue of this kind.
    static Key<ConfigSection> config(QueueFactory factory) {
        return Key.nested("config", factory.keys())
                .about("the settings of the queue " + factory.name())
                .orEmpty();
    }

    private static Map<String, Runner> runners() {
        Map<String, Runner> runners = new LinkedHashMap<>();
        runners.put("thread", Runner.THREAD);
        runners.put("stream", Runner.STREAM);
        runners.put("process", Runner.PROCESS);
        return runners;
    }

    private static String prefix(String text) {
        if (!PREFIX.matcher(text).matches()) {
            throw new IllegalArgumentException("");
        }
        return text;
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("");
        }
        return Path.of(text);
    }
}
