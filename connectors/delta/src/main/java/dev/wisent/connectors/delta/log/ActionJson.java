package dev.wisent.connectors.delta.log;

import dev.wisent.connectors.delta.log.Action.Add;
import dev.wisent.connectors.delta.log.Action.CommitInfo;
import dev.wisent.connectors.delta.log.Action.MetaData;
import dev.wisent.connectors.delta.log.Action.Other;
import dev.wisent.connectors.delta.log.Action.Protocol;
import dev.wisent.connectors.delta.log.Action.Remove;
import dev.wisent.connectors.delta.log.Action.Txn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Actions as the log spells them: an object with one key, which names the action.
public final class ActionJson {
    private ActionJson() {}

    public static ObjectNode write(Action action) {
        return switch (action) {
            case Protocol protocol -> wrap("protocol", protocol(protocol));
            case MetaData metaData -> wrap("metaData", metaData(metaData));
            case Txn(String appId, long version) ->
                wrap("txn", object().put("appId", appId).put("version", version));
            case Add add -> wrap("add", add(add));
            case Remove remove -> wrap("remove", remove(remove));
            case CommitInfo(JsonNode content) -> wrap("commitInfo", content);
            case Other(String name) -> throw new IllegalArgumentException("'" + name + "' is never written");
        };
    }

    private static ObjectNode protocol(Protocol protocol) {
        ObjectNode node =
                object().put("minReaderVersion", protocol.reader()).put("minWriterVersion", protocol.writer());
        if (protocol.reader() >= Features.READER_FEATURES) {
            strings(node, "readerFeatures", protocol.readerFeatures());
        }
        if (protocol.writer() >= Features.WRITER_FEATURES) {
            strings(node, "writerFeatures", protocol.writerFeatures());
        }
        return node;
    }

    private static ObjectNode metaData(MetaData metaData) {
        ObjectNode node = object().put("id", metaData.id());
        metaData.name().ifPresent(name -> node.put("name", name));
        node.putObject("format").put("provider", "parquet").putObject("options");
        node.put("schemaString", metaData.schema());
        strings(node, "partitionColumns", metaData.partitionColumns());
        ObjectNode configuration = node.putObject("configuration");
        new TreeMap<>(metaData.configuration()).forEach(configuration::put);
        metaData.created().ifPresent(at -> node.put("createdTime", at));
        return node;
    }

    private static ObjectNode add(Add add) {
        ObjectNode node = object().put("path", add.path());
        node.set("partitionValues", values(add.partitionValues()));
        node.put("size", add.size())
                .put("modificationTime", add.modified())
                .put("dataChange", add.effect() == Action.Effect.ROWS);
        add.stats().ifPresent(stats -> node.put("stats", stats));
        return node;
    }

    private static ObjectNode remove(Remove remove) {
        ObjectNode node = object().put("path", remove.path())
                .put("deletionTimestamp", remove.deleted())
                .put("dataChange", remove.effect() == Action.Effect.ROWS)
                .put("extendedFileMetadata", true);
        node.set("partitionValues", values(remove.partitionValues()));
        return node.put("size", remove.size());
    }

    private static ObjectNode values(Map<String, Optional<String>> values) {
        ObjectNode node = object();
        new TreeMap<>(values).forEach((column, value) -> node.put(column, value.orElse(null)));
        return node;
    }

    private static void strings(ObjectNode node, String key, List<String> values) {
        ArrayNode array = node.putArray(key);
        values.forEach(array::add);
    }

    private static ObjectNode wrap(String name, JsonNode content) {
        ObjectNode node = object();
        node.set(name, content);
        return node;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// Inverse of [#write] for what is written here; keys nobody knows are skipped. An action without its required keys is
    /// an [IllegalArgumentException].
    public static Action read(JsonNode line) {
        String name = line.propertyNames().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an action needs a name"));
        JsonNode node = line.path(name);
        return switch (name) {
            case "protocol" ->
                new Protocol(
                        Math.toIntExact(number(node, "minReaderVersion")),
                        Math.toIntExact(number(node, "minWriterVersion")),
                        strings(node, "readerFeatures"),
                        strings(node, "writerFeatures"));
            case "metaData" ->
                new MetaData(
                        text(node, "id"),
                        node.path("name").stringValueOpt(),
                        text(node, "schemaString"),
                        strings(node, "partitionColumns"),
                        configuration(node),
                        node.has("createdTime") ? OptionalLong.of(number(node, "createdTime")) : OptionalLong.empty());
            case "txn" -> new Txn(text(node, "appId"), number(node, "version"));
            case "add" ->
                new Add(
                        text(node, "path"),
                        values(node),
                        number(node, "size"),
                        number(node, "modificationTime"),
                        node.path("stats").stringValueOpt(),
                        effect(node));
            case "remove" ->
                new Remove(
                        text(node, "path"),
                        values(node),
                        node.path("size").longValue(0),
                        node.path("deletionTimestamp").longValue(0),
                        effect(node));
            case "commitInfo" -> new CommitInfo(node);
            default -> new Other(name);
        };
    }

    private static Action.Effect effect(JsonNode node) {
        return node.path("dataChange").booleanValue(true) ? Action.Effect.ROWS : Action.Effect.LAYOUT;
    }

    private static Map<String, String> configuration(JsonNode node) {
        Map<String, String> configuration = new HashMap<>();
        node.path("configuration")
                .properties()
                .forEach(e -> e.getValue().stringValueOpt().ifPresent(value -> configuration.put(e.getKey(), value)));
        return configuration;
    }

    private static Map<String, Optional<String>> values(JsonNode node) {
        Map<String, Optional<String>> values = new HashMap<>();
        node.path("partitionValues")
                .properties()
                .forEach(e -> values.put(e.getKey(), e.getValue().stringValueOpt()));
        return values;
    }

    private static List<String> strings(JsonNode node, String key) {
        List<String> values = new ArrayList<>();
        node.path(key).forEach(value -> values.add(value.stringValue("")));
        return values;
    }

    private static String text(JsonNode node, String key) {
        return node.path(key)
                .stringValueOpt()
                .orElseThrow(() -> new IllegalArgumentException("'" + key + "' is missing"));
    }

    private static long number(JsonNode node, String key) {
        if (!node.path(key).isIntegralNumber()) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        return node.path(key).longValue();
    }
}
