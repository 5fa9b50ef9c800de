package dev.wisent.cli.internal.config;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.plugin.Kind;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `destination:` but for the keys of its own factory.
final class DestinationReader {
    static final Key<String> NAME =
            Key.text("name").about("a name of `wisent destination list`").required();
    private static final Key<Optional<String>> ALIAS =
            Key.text("alias").about("what messages call it").optional("the name");
    static final Key<ConfigSection> CONFIG = Key.mapping("config")
            .about("the keys below and those of the destination")
            .orEmpty();

    static final ConfigShape KEYS = ConfigShape.of(NAME, ALIAS, CONFIG);

    static final Key<Optional<String>> DESTINATION_ID = Key.text("destination_id")
            .about(
                    "the target: the first part of file names. Records that a source routes elsewhere go to a target of that name. `{stream}` in any value of `config` is the stream's name, `{table}` its part behind the last dot")
            .optional("`<source>_<stream>`");
    private static final Key<Optional<Duration>> COMMIT_INTERVAL = Key.seconds("commit_interval")
            .about("how often what was read becomes a commit")
            .optional("10 for `file`, 1 for `logger`, in the stream runner 0.05 for most databases and topics");
    private static final Key<Long> BUFFER_SIZE = Key.megabytes("buffer_size")
            .about("`file`: a part is closed at this size. 0 writes each batch into a part of its own")
            .standard(50L << 20);
    private static final Key<Duration> BUFFER_FLUSH_TIMEOUT = Key.seconds("buffer_flush_timeout")
            .about("the longest a row waits in a writer; 0: no limit")
            .standard(Duration.ofSeconds(600));
    private static final Key<Long> MAX_CONCURRENT_THREADS = Key.whole("max_concurrent_threads", 1, 1024)
            .about("writes on their way at the same time")
            .standard(10L);
    static final Key<Boolean> UNNEST = Key.truth("unnest")
            .about(
                    "write the columns of `record_schemas`: types and modes are enforced, other keys left out and counted")
            .standard(false);
    private static final Key<?> NO_AUTHENTICATION =
            Key.refused("authentication", "is not for this destination: it asks for no credentials", "leave it out");

    /// What the `config` of every destination has.
    static final ConfigShape CONFIG_KEYS = ConfigShape.of(
            DESTINATION_ID,
            COMMIT_INTERVAL,
            BUFFER_SIZE,
            BUFFER_FLUSH_TIMEOUT,
            MAX_CONCURRENT_THREADS,
            UNNEST,
            WriteModeReader.WRITE_MODE,
            RecordSchemas.KEY);

    /// `buffer_flush_timeout: 0` switches it off, as in Bizon: longer than any run.
    private static final Duration NEVER = Duration.ofDays(36_500);

    private static final double DEFAULT_COMMIT_SECONDS = 60;
    private static final String RECORD_SCHEMAS = "destination.config.record_schemas";
    private static final String STREAM_SCHEMAS = "streams[].destination.record_schema";

    private final ConfigSection destination;
    private final ConfigProblems problems;
    private final Connectors connectors;
    private final Runner runner;

    DestinationReader(ConfigSection destination, ConfigProblems problems, Connectors connectors, Runner runner) {
        this.destination = destination;
        this.problems = problems;
        this.connectors = connectors;
        this.runner = runner;
    }

    /// What stands in the `config` of a destination of this kind.
    static ConfigShape shape(DestinationFactory factory) {
        ConfigShape shape = CONFIG_KEYS.and(factory.keys());
        return shape.key(NO_AUTHENTICATION.name()).isPresent() ? shape : shape.and(NO_AUTHENTICATION);
    }

    /// What was read before the factory is asked for the rest of `config`.
    record Common(
            String connector,
            String alias,
            Optional<DestinationFactory> factory,
            DestinationSettings settings,
            ConfigSection config) {}

    /// @param source what is read: it says how rows can be written, and names the standard target
    /// @param routing what `streams:` declares of targets, for a destination that declares nothing of them itself
    Common read(String pipelineId, SourceReader.Common source, StreamsReader.Routing routing, OutputStream console) {
        Map<TargetId, Schema> routed = routing.schemas();
        String connector = Names.required(destination, NAME);
        Optional<DestinationFactory> factory = destination.has(NAME.name()) ? factory(connector) : Optional.empty();
        destination
                .elsewhere(factory.map(DestinationReader::shape).orElse(CONFIG_KEYS), "destination.config")
                .expect(KEYS);
        String alias = destination.read(ALIAS).orElse(connector);
        ConfigSection config = destination.read(CONFIG);
        factory.ifPresent(found -> config.expect(shape(found)));
        TargetId target = new TargetId(config.read(DESTINATION_ID)
                .map(id -> Names.filled(config, DESTINATION_ID, id))
                .orElseGet(() -> source.connector() + "_" + source.settings().stream()));
        Map<TargetId, Schema> schemas = schemas(config, routed);
        Map<TargetId, Schema> used = config.read(UNNEST) ? Map.copyOf(schemas) : Map.of();
        Duration timeout = config.read(BUFFER_FLUSH_TIMEOUT);
        Duration standardCommit = seconds(factory.map(this::commitSeconds).orElse(DEFAULT_COMMIT_SECONDS));
        DestinationSettings settings = new DestinationSettings(
                        pipelineId,
                        target,
                        used,
                        Optional.ofNullable(used.get(target))
                                .or(() -> used.size() == 1 && routed.isEmpty()
                                        ? used.values().stream().findFirst()
                                        : Optional.empty()),
                        // 0 writes through, as in Bizon: every batch is larger than one byte
                        Math.max(1, config.read(BUFFER_SIZE)),
                        timeout.isZero() ? NEVER : timeout,
                        config.read(COMMIT_INTERVAL).orElse(standardCommit),
                        Math.toIntExact(config.read(MAX_CONCURRENT_THREADS)),
                        console,
                        connectors.stores())
                .clustered(new TablesReader(config, problems, factory, used).read(routing.destinations()));
        return new Common(
                connector, alias, factory, new WriteModeReader(config, factory, source).read(settings), config);
    }

    private double commitSeconds(DestinationFactory factory) {
        return runner == Runner.STREAM ? factory.streamCommitSeconds() : factory.commitIntervalSeconds();
    }

    /// The columns of each target, as the destination declares them, or else the streams.
    private Map<TargetId, Schema> schemas(ConfigSection config, Map<TargetId, Schema> routed) {
        Map<TargetId, Schema> own = new RecordSchemas().read(config);
        boolean unnest = config.read(UNNEST);
        if (unnest && own.isEmpty() && routed.isEmpty()) {
            config.problem("unnest", "needs record_schemas: the columns to write", "");
        }
        if (!unnest && !own.isEmpty()) {
            problems.warn(config.place("record_schemas"), RECORD_SCHEMAS, "is used only with unnest: true");
        }
        if (!unnest && !routed.isEmpty()) {
            problems.warn(config.place(), STREAM_SCHEMAS, "is used only with unnest: true");
        }
        if (unnest && !own.isEmpty() && !routed.isEmpty()) {
            problems.warn(config.place("record_schemas"), STREAM_SCHEMAS, "is not used: " + RECORD_SCHEMAS + " wins");
        }
        return own.isEmpty() ? routed : own;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private Optional<DestinationFactory> factory(String name) {
        Optional<DestinationFactory> factory = connectors.destination(name);
        List<String> names = connectors.catalog().names(Kind.DESTINATION);
        if (factory.isEmpty() && Connectors.LATER_DESTINATIONS.contains(name)) {
            destination.problem(
                    "name",
                    "destination '" + name + "' is not available in this version yet",
                    "wisent destination list");
        } else if (factory.isEmpty()) {
            String hint = Names.guess(destination, "name", name, names, "there are: " + String.join(", ", names));
            destination.problem("name", "there is no destination" + destination.quoted("name"), hint);
        }
        return factory;
    }
}
