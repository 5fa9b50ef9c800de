package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.queue.QueueFactory;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.state.StateStoreFactory;
import dev.wisent.api.transform.TransformFactory;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.Offer;
import dev.wisent.engine.plugin.Origin;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schema of pipeline files: which keys there are follows from `source.name`, `destination.name` and
/// `engine.backend.type`. Of families that would have to be built first, or are left out, only the names are known.
public final class PipelineSchema {
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private PipelineSchema() {}

    /// Of every part that can be opened as it is.
    public static ObjectNode of(Connectors connectors) {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("$schema", DRAFT)
                .put("title", "Wisent pipeline")
                .put("description", "One pipeline: a stream of a source, a destination, and how it runs.");
        root.setAll(JsonSchema.object(PipelineReader.KEYS));
        ObjectNode definitions = JsonSchema.definitions();
        ObjectNode properties = (ObjectNode) root.get("properties");

        Map<String, ConfigShape> sources = new LinkedHashMap<>();
        Map<String, String> sourceSummaries = new LinkedHashMap<>();
        for (Offer<SourceFactory> offer : connectors.catalog().offers(Kind.SOURCE)) {
            sourceSummaries.put(offer.name(), offer.summary());
            open(offer, connectors, Kind.SOURCE)
                    .ifPresentOrElse(
                            factory -> sources.put(offer.name(), SourceReader.shape(factory)),
                            () -> definitions.set("source." + offer.name(), anything()));
        }
        ObjectNode source = byName("source", SourceReader.NAME, sourceSummaries);
        sources.forEach((name, shape) -> definitions.set("source." + name, source(shape, connectors, name)));
        properties.set("source", JsonSchema.described(source, PipelineReader.SOURCE));

        Map<String, String> summaries = new LinkedHashMap<>();
        for (Offer<DestinationFactory> offer : connectors.catalog().offers(Kind.DESTINATION)) {
            summaries.put(offer.name(), offer.summary());
            definitions.set(
                    "destination." + offer.name(),
                    open(offer, connectors, Kind.DESTINATION)
                            .map(PipelineSchema::destination)
                            .orElseGet(PipelineSchema::anything));
        }
        ObjectNode destination = byName("destination", DestinationReader.NAME, summaries);
        properties.set("destination", JsonSchema.described(destination, PipelineReader.DESTINATION));

        ObjectNode engine = JsonSchema.object(EngineReader.KEYS);
        ObjectNode parts = (ObjectNode) engine.get("properties");
        parts.set(EngineReader.BACKEND.name(), JsonSchema.described(backend(connectors), EngineReader.BACKEND));
        parts.set(EngineReader.QUEUE.name(), JsonSchema.described(queue(connectors), EngineReader.QUEUE));
        properties.set("engine", JsonSchema.described(orNull(engine), PipelineReader.ENGINE));
        properties.set(
                TransformsReader.TRANSFORMS.name(),
                JsonSchema.described(transforms(connectors), TransformsReader.TRANSFORMS));
        properties.set(SinkForm.SINK, sink());
        root.remove("required");
        root.set("anyOf", eitherForm());
        root.setAll(withoutPlugins(sourceSummaries, summaries));
        root.set("$defs", definitions);
        return root;
    }

    /// Its keys are known only if it can be opened as it is: nobody waits for the build of a family he does not use.
    private static <F> Optional<F> open(Offer<F> offer, Connectors connectors, Kind<F> kind) {
        boolean closed = offer.origin() instanceof Origin.Family family
                && family.availability() != Origin.Availability.INSTALLED;
        return closed ? Optional.empty() : connectors.catalog().find(kind, offer.name());
    }

    private static ObjectNode anything() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }

    private static ObjectNode sink() {
        return anything()
                .put(
                        "description",
                        "Where they go, in the form of Blizzard's first version: the keys of the destination beside its name, which is"
                                + " `delta` if it is missing");
    }

    /// With `destination` names must be told; with `sink` they have defaults.
    private static ArrayNode eitherForm() {
        ArrayNode forms = JsonNodeFactory.instance.arrayNode();
        ObjectNode ours = forms.addObject();
        ours.set("required", JsonSchema.words(List.of("name", "source", "destination")));
        ObjectNode named = ours.putObject("properties");
        List.of("source", "destination")
                .forEach(key -> named.putObject(key).set("required", JsonSchema.words(List.of("name"))));
        forms.addObject().set("required", JsonSchema.words(List.of("source", SinkForm.SINK)));
        return forms;
    }

    /// A mapping whose `name` says what else is in it.
    private static ObjectNode byName(String kind, Key<String> discriminator, Map<String, String> summaries) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties")
                .set(
                        discriminator.name(),
                        JsonSchema.described(
                                JsonSchema.wordOrOther(List.copyOf(summaries.keySet()), summaries), discriminator));
        ArrayNode rules = schema.putArray("allOf");
        summaries
                .keySet()
                .forEach(name -> rules.add(
                        JsonSchema.when(discriminator.name(), name, JsonSchema.reference(kind + "." + name))));
        return schema;
    }

    /// A file that names no plug-ins has only the sources and destinations there are.
    private static ObjectNode withoutPlugins(Map<String, String> sources, Map<String, String> destinations) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.putObject("if").set("required", JsonSchema.words(List.of(PluginsReader.PLUGINS.name())));
        rule.putObject("then");
        ObjectNode known = rule.putObject("else").putObject("properties");
        known.set("source", named(sources, Connectors.FAMILY_SOURCES));
        known.set("destination", named(destinations, Connectors.FAMILY_DESTINATIONS));
        return rule;
    }

    /// @param further of families: known by name when they are not there
    private static ObjectNode named(Map<String, String> summaries, List<String> further) {
        Set<String> names = new LinkedHashSet<>(summaries.keySet());
        names.addAll(further);
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.putObject("properties").set("name", JsonSchema.wordOrReference(List.copyOf(names), Map.of()));
        return schema;
    }

    /// The key that says what a step does decides which others it has.
    private static ObjectNode transforms(Connectors connectors) {
        ObjectNode step = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = step.putObject("properties");
        TransformsReader.COMMON.keys().forEach(key -> properties.set(key.name(), JsonSchema.property(key)));
        step.set("required", JsonSchema.words(List.of("label")));
        ArrayNode rules = step.putArray("allOf");
        for (Offer<TransformFactory> offer : connectors.catalog().offers(Kind.TRANSFORM)) {
            String name = offer.name();
            properties.putObject(name);
            open(offer, connectors, Kind.TRANSFORM).ifPresent(factory -> {
                ConfigShape shape = TransformsReader.COMMON.and(factory.keys());
                shape.key(name).ifPresent(key -> properties.set(name, JsonSchema.property(key)));
                ObjectNode rule = rules.addObject();
                rule.putObject("if").set("required", JsonSchema.words(List.of(name)));
                rule.set("then", JsonSchema.object(shape));
            });
        }
        ObjectNode steps = JsonNodeFactory.instance.objectNode().put("type", "array");
        steps.set("items", step);
        return orNull(steps);
    }

    private static ObjectNode source(ConfigShape shape, Connectors connectors, String name) {
        ObjectNode schema = JsonSchema.object(shape);
        List<String> streams = connectors.source(name).map(SourceFactory::knownStreams).orElse(List.of()).stream()
                .map(stream -> stream.id().name())
                .toList();
        if (!streams.isEmpty()) {
            ((ObjectNode) schema.get("properties"))
                    .set(
                            "stream",
                            JsonSchema.described(JsonSchema.wordOrReference(streams, Map.of()), SourceReader.STREAM));
        }
        return schema;
    }

    private static ObjectNode destination(DestinationFactory factory) {
        ObjectNode schema = JsonSchema.object(DestinationReader.KEYS);
        ObjectNode config = JsonSchema.object(DestinationReader.shape(factory));
        boolean needed = config.has("required");
        ((ObjectNode) schema.get("properties"))
                .set(
                        DestinationReader.CONFIG.name(),
                        JsonSchema.described(needed ? config : orNull(config), DestinationReader.CONFIG));
        if (needed) {
            schema.set("required", JsonSchema.words(List.of(DestinationReader.NAME.name(), "config")));
        }
        return schema;
    }

    /// The keys of the state store may stand beside `type` or under `config`.
    private static ObjectNode backend(Connectors connectors) {
        List<String> sqlite = List.of("sqlite", "sqlite_in_memory");
        Set<String> types = new LinkedHashSet<>(sqlite);
        types.add("postgres"); // of a family: known by name when it is not there
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ArrayNode rules = schema.putArray("allOf");
        ObjectNode builtIn = rules.addObject();
        builtIn.putObject("if").putObject("properties").putObject("type").set("enum", JsonSchema.words(sqlite));
        builtIn.set("then", beside(EngineReader.SQLITE));
        for (Offer<StateStoreFactory> offer : connectors.catalog().offers(Kind.STATE_STORE)) {
            types.add(offer.name());
            open(offer, connectors, Kind.STATE_STORE)
                    .ifPresent(factory ->
                            rules.add(JsonSchema.when("type", offer.name(), beside(EngineReader.shape(factory)))));
        }
        schema.putObject("properties")
                .set(
                        "type",
                        JsonSchema.described(
                                JsonSchema.wordOrReference(List.copyOf(types), Map.of()), EngineReader.BACKEND_TYPE));
        return orNull(schema);
    }

    /// What stands under `config` depends on the kind of queue.
    private static ObjectNode queue(Connectors connectors) {
        List<String> inProcess = EngineReader.IN_PROCESS;
        Set<String> types = new LinkedHashSet<>(inProcess);
        types.addAll(Connectors.FAMILY_QUEUES);
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ArrayNode rules = schema.putArray("allOf");
        ObjectNode builtIn = rules.addObject();
        builtIn.putObject("if").putObject("properties").putObject("type").set("enum", JsonSchema.words(inProcess));
        builtIn.set("then", JsonSchema.object(EngineReader.QUEUE_KEYS));
        for (Offer<QueueFactory> offer : connectors.catalog().offers(Kind.QUEUE)) {
            types.add(offer.name());
            open(offer, connectors, Kind.QUEUE)
                    .ifPresent(factory -> rules.add(JsonSchema.when(
                            "type",
                            offer.name(),
                            JsonSchema.object(ConfigShape.of(EngineReader.QUEUE_TYPE, EngineReader.config(factory))))));
        }
        schema.putObject("properties")
                .set(
                        "type",
                        JsonSchema.described(
                                JsonSchema.wordOrReference(List.copyOf(types), Map.of()), EngineReader.QUEUE_TYPE));
        return orNull(schema);
    }

    private static ObjectNode beside(ConfigShape shape) {
        ObjectNode config = JsonSchema.object(shape);
        ((ObjectNode) config.get("properties")).remove("type");
        config.remove("required"); // they may stand beside
        ObjectNode schema = JsonSchema.object(shape);
        schema.remove("required");
        ((ObjectNode) schema.get("properties"))
                .set("config", orNull(config).put("description", "The same keys; each may stand here or beside type"));
        return schema;
    }

    private static ObjectNode orNull(ObjectNode schema) {
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }
}
