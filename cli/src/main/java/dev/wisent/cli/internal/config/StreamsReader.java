package dev.wisent.cli.internal.config;

import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.columnar.Schema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `streams:`: which target the records are for that a source marks with a topic or an endpoint.
final class StreamsReader {
    private static final Pattern DOT = Pattern.compile(".", Pattern.LITERAL);
    private static final int TABLE_PARTS = 3;

    private static final Key<String> NAME = Key.text("name")
            .about("what the stream is called; it picks the records that name it, unless a topic or an endpoint does")
            .required();
    private static final Key<Optional<String>> TOPIC =
            Key.text("topic").about("picks the records of this topic").optional();
    private static final Key<Optional<String>> ENDPOINT =
            Key.text("endpoint").about("picks the records of this endpoint").optional();
    private static final Key<ConfigSection> SOURCE = Key.nested(
                    "source",
                    ConfigShape.of(Key.text("name").about("for people").optional(), TOPIC, ENDPOINT))
            .about("which records of the source")
            .orEmpty();
    private static final Key<String> TABLE_ID = Key.text("table_id")
            .about("the target of these records, as `project.dataset.table`")
            .as("project.dataset.table", "a.b.c", StreamsReader::table)
            .required();
    static final Key<List<ConfigSection>> RECORD_SCHEMA = RecordSchemas.columns()
            .about("the columns of that target, with `unnest: true`; `destination.config.record_schemas` wins")
            .orEmpty();
    private static final Key<ConfigSection> DESTINATION = Key.nested(
                    "destination", ConfigShape.of(TABLE_ID, RECORD_SCHEMA, RecordSchemas.CLUSTERING_KEYS))
            .about("where they go")
            .required();
    static final Key<List<ConfigSection>> STREAMS = Key.nestedList("streams", ConfigShape.of(NAME, SOURCE, DESTINATION))
            .about(
                    "one stream of a source, many targets: see [routing](#streams-routing). Needs `sync_mode: stream`, and a "
                            + "source that says of each record where it belongs")
            .orEmpty();

    private final ConfigSection top;

    StreamsReader(ConfigSection top) {
        this.top = top;
    }

    /// @param routes by what records name, the target they are for
    /// @param schemas the columns of targets that declare some
    /// @param destinations what is said of each target
    record Routing(
            Map<String, TargetId> routes, Map<TargetId, Schema> schemas, Map<TargetId, ConfigSection> destinations) {
        Routing {
            routes = Map.copyOf(routes);
            schemas = Map.copyOf(schemas);
            destinations = Map.copyOf(destinations);
        }
    }

    Routing read() {
        Map<String, TargetId> routes = new LinkedHashMap<>();
        Map<TargetId, Schema> schemas = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        Map<TargetId, ConfigSection> targets = new LinkedHashMap<>();
        for (ConfigSection stream : top.read(STREAMS)) {
            String name = Names.required(stream, NAME);
            if (stream.has(NAME.name()) && !names.add(name)) {
                stream.problem(NAME.name(), "another stream has the name" + stream.quoted(NAME.name()), "");
            }
            ConfigSection destination = stream.read(DESTINATION);
            TargetId target = new TargetId(destination.read(TABLE_ID));
            if (destination.has(TABLE_ID.name()) && targets.putIfAbsent(target, destination) != null) {
                destination.problem(
                        TABLE_ID.name(), "another stream has the target" + destination.quoted(TABLE_ID.name()), "");
            }
            List<ConfigSection> columns = destination.read(RECORD_SCHEMA);
            if (!columns.isEmpty()) {
                schemas.put(target, RecordSchemas.schema(columns));
            }
            picks(stream, name, target, routes);
        }
        return new Routing(routes, schemas, targets);
    }

    private static void picks(ConfigSection stream, String name, TargetId target, Map<String, TargetId> routes) {
        ConfigSection source = stream.read(SOURCE);
        Optional<String> topic = source.read(TOPIC);
        Optional<String> endpoint = source.read(ENDPOINT);
        if (topic.isPresent() && endpoint.isPresent()) {
            source.problem(
                    ENDPOINT.name(), "a stream picks records by a topic or by an endpoint", "keep the one it is for");
        }
        boolean second = routes.putIfAbsent(topic.or(() -> endpoint).orElse(name), target) != null;
        if (second && topic.isPresent()) {
            source.problem(TOPIC.name(), "another stream picks the same records", "");
        } else if (second && endpoint.isPresent()) {
            source.problem(ENDPOINT.name(), "another stream picks the same records", "");
        } else if (second) {
            stream.problem(NAME.name(), "another stream picks the same records", "");
        }
    }

    /// What a source must be like, so that its records can be routed.
    void demand(Optional<SourceFactory> factory, Optional<SyncMode> mode) {
        if (top.read(STREAMS).isEmpty() || factory.isEmpty()) {
            return;
        }
        if (factory.get().routing() == SourceFactory.Routing.NONE) {
            top.problem(
                    STREAMS.name(),
                    "source '" + factory.get().name() + "' does not say of its records where they belong",
                    "write one pipeline file for each target");
        } else if (!mode.equals(Optional.of(SyncMode.STREAM))) {
            top.problem(STREAMS.name(), "need sync_mode: stream in source", "");
        }
    }

    /// What a destination must be like, so that the targets find room in it.
    void demand(DestinationHandle destination, Routing routing) {
        if (destination instanceof DestinationHandle.Transactional(Destination transactional)) {
            transactional
                    .cannotHold(Set.copyOf(routing.routes().values()))
                    .ifPresent(why -> top.problem(STREAMS.name(), why, ""));
        }
    }

    private static String table(String text) {
        String[] parts = DOT.split(text, -1);
        if (parts.length != TABLE_PARTS) {
            throw new IllegalArgumentException(
                    parts.length == 1 ? "it has one part" : "it has " + parts.length + " parts");
        }
        for (String part : parts) {
            if (part.isBlank()) {
                throw new IllegalArgumentException("one of its parts is empty");
            }
        }
        return text;
    }
}
