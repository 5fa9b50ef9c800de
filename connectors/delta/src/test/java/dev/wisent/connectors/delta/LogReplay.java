package dev.wisent.connectors.delta;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A log applied entry by entry, each held against the protocol: sections "Actions", "Requirements for Writers", "Per-file
/// Statistics", "Table Features".
final class LogReplay {
    private static final Set<String> ACTIONS =
            Set.of("metaData", "protocol", "add", "remove", "txn", "commitInfo", "domainMetadata", "cdc");
    private static final int FEATURES_READER = 3;
    private static final int FEATURES_WRITER = 7;

    private final List<String> violations;
    private final Map<String, JsonNode> active = new TreeMap<>();
    private final Set<String> ever = new HashSet<>();
    private final Map<String, Long> txns = new TreeMap<>();
    private JsonNode protocol = JsonMapper.shared().createObjectNode();
    private JsonNode metaData = JsonMapper.shared().createObjectNode();
    private Set<String> columns = Set.of();
    private Set<String> partitions = Set.of();
    private String at = "";

    LogReplay(List<String> violations) {
        this.violations = violations;
    }

    /// The files readers see, by path.
    Map<String, JsonNode> active() {
        return active;
    }

    /// All files any version has had.
    Set<String> ever() {
        return ever;
    }

    Map<String, Long> txns() {
        return txns;
    }

    JsonNode protocol() {
        return protocol;
    }

    JsonNode metaData() {
        return metaData;
    }

    private void must(boolean holds, String what) {
        if (!holds) {
            violations.add(at + ": " + what);
        }
    }

    void entry(long version, List<JsonNode> lines) {
        at = "version " + version;
        must(!lines.isEmpty(), "has no action");
        Map<String, Integer> seen = new HashMap<>();
        for (JsonNode line : lines) {
            must(line.size() == 1 && ACTIONS.containsAll(line.propertyNames()), "one action a line: " + line);
            line.propertyNames().forEach(name -> seen.merge(name, 1, Integer::sum));
        }
        for (String once : List.of("protocol", "metaData", "commitInfo")) {
            must(seen.getOrDefault(once, 0) <= 1, "more than one " + once);
        }
        must(version > 0 || seen.containsKey("protocol") && seen.containsKey("metaData"), "the first has both");
        lines.stream().filter(line -> line.has("protocol")).forEach(line -> protocol(line.path("protocol")));
        lines.stream().filter(line -> line.has("metaData")).forEach(line -> metaData(line.path("metaData")));
        features();
        Set<String> added = new TreeSet<>();
        Set<String> removed = new TreeSet<>();
        Set<String> apps = new HashSet<>();
        // removes first: an entry is a set, and none may name what it adds
        lines.stream().filter(line -> line.has("remove")).forEach(line -> remove(line.path("remove"), removed));
        lines.stream().filter(line -> line.has("add")).forEach(line -> add(line.path("add"), added));
        lines.stream().filter(line -> line.has("txn")).forEach(line -> txn(line.path("txn"), apps));
        lines.stream().filter(line -> line.has("commitInfo")).forEach(line -> info(line.path("commitInfo")));
        must(added.stream().noneMatch(removed::contains), "adds and removes the same file");
    }

    private void protocol(JsonNode node) {
        int reader = node.path("minReaderVersion").intValue(-1);
        int writer = node.path("minWriterVersion").intValue(-1);
        must(reader >= 1 && writer >= 1, "versions of " + node);
        must(node.has("readerFeatures") == (reader == FEATURES_READER), "readerFeatures with reader 3 only: " + node);
        must(node.has("writerFeatures") == (writer == FEATURES_WRITER), "writerFeatures with writer 7 only: " + node);
        Set<String> writers = texts(node.path("writerFeatures"));
        must(writers.containsAll(texts(node.path("readerFeatures"))), "a reader's feature is a writer's: " + node);
        must(reader < FEATURES_READER || writer == FEATURES_WRITER, "reader 3 needs writer 7");
        must(
                reader >= protocol.path("minReaderVersion").intValue(0)
                        && writer >= protocol.path("minWriterVersion").intValue(0)
                        && writers.containsAll(texts(protocol.path("writerFeatures"))),
                "the protocol falls");
        protocol = node;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(item -> texts.add(item.stringValue("")));
        return texts;
    }

    private void metaData(JsonNode node) {
        try {
            must(
                    UUID.fromString(node.path("id").stringValue("")).toString().length() == 36,
                    "the id is a UUID: " + node);
        } catch (IllegalArgumentException e) {
            must(false, "the id is a UUID: " + node);
        }
        must(metaData.isEmpty() || metaData.path("id").equals(node.path("id")), "the id of a table stays");
        must(node.path("format").path("provider").stringValue("").equals("parquet"), "the format: " + node);
        must(node.path("format").path("options").isObject(), "the format's options: " + node);
        must(
                node.path("partitionColumns").isArray()
                        && node.path("configuration").isObject(),
                "both: " + node);
        must(!node.has("createdTime") || node.path("createdTime").isIntegralNumber(), "createdTime: " + node);
        node.path("configuration").forEach(value -> must(value.isString(), "properties are texts: " + node));
        JsonNode schema = parsed(node.path("schemaString").stringValue(""));
        struct(schema);
        columns = names(schema);
        partitions = texts(node.path("partitionColumns"));
        must(columns.containsAll(partitions), "partition columns are columns");
        metaData = node;
    }

    private static Set<String> names(JsonNode struct) {
        Set<String> names = new TreeSet<>();
        struct.path("fields").forEach(field -> names.add(field.path("name").stringValue("")));
        return names;
    }

    private void struct(JsonNode struct) {
        must(
                struct.path("type").stringValue("").equals("struct")
                        && struct.path("fields").isArray(),
                "a struct");
        Set<String> lower = new HashSet<>();
        for (JsonNode field : struct.path("fields")) {
            String name = field.path("name").stringValue("");
            must(!name.isEmpty() && lower.add(name.toLowerCase(Locale.ROOT)), "names differ, also in case: " + name);
            must(
                    field.path("nullable").isBoolean() && field.path("metadata").isObject(),
                    "nullable, metadata: " + field);
            type(field.path("type"));
        }
    }

    private void type(JsonNode type) {
        if (type.isString()) {
            must(
                    type.stringValue()
                            .matches("string|long|integer|short|byte|float|double|boolean|binary|date|timestamp"
                                    + "|timestamp_ntz|decimal\\(\\d+,-?\\d+\\)"),
                    "no type: " + type);
            return;
        }
        switch (type.path("type").stringValue("")) {
            case "struct" -> struct(type);
            case "array" -> {
                must(type.path("containsNull").isBoolean(), "containsNull: " + type);
                type(type.path("elementType"));
            }
            case "map" -> {
                must(type.path("valueContainsNull").isBoolean(), "valueContainsNull: " + type);
                type(type.path("keyType"));
                type(type.path("valueType"));
            }
            default -> must(false, "no type: " + type);
        }
    }

    private void features() {
        boolean ntz = metaData.path("schemaString").stringValue("").contains("\"timestamp_ntz\"");
        must(!ntz || texts(protocol.path("readerFeatures")).contains("timestampNtz"), "timestamp_ntz is a feature");
    }

    private String path(JsonNode action) {
        String path = action.path("path").stringValue("");
        try {
            URI uri = new URI(path);
            must(!path.isEmpty() && uri.getPath() != null, "a path is a URI: " + action);
        } catch (URISyntaxException e) {
            must(false, "a path is a URI: " + action);
        }
        return path;
    }

    private void add(JsonNode add, Set<String> added) {
        String path = path(add);
        must(added.add(path), "adds twice " + path);
        must(add.path("size").longValue(-1) > 0 && add.path("modificationTime").isIntegralNumber(), "sizes: " + add);
        must(add.path("dataChange").isBoolean(), "dataChange: " + add);
        must(add.path("partitionValues").isObject(), "partitionValues: " + add);
        must(new TreeSet<>(add.path("partitionValues").propertyNames()).equals(partitions), "all partitions: " + add);
        add.path("partitionValues").forEach(value -> must(value.isString() || value.isNull(), "texts: " + add));
        if (add.has("stats")) {
            stats(parsed(add.path("stats").stringValue("")), path);
        }
        must(active.put(path, add) == null || !add.path("dataChange").booleanValue(true), "listed again: " + path);
        must(
                ever.add(ProtocolChecker.decoded(path))
                        || !add.path("dataChange").booleanValue(true),
                "comes back: " + path);
    }

    private void stats(JsonNode stats, String path) {
        long rows = stats.path("numRecords").longValue(-1);
        must(rows >= 0, "numRecords of " + path + ": " + stats);
        for (String part : List.of("minValues", "maxValues", "nullCount")) {
            must(stats.path(part).isObject(), part + " of " + path);
            must(
                    columns.containsAll(stats.path(part).propertyNames()),
                    part + " has columns the table has not: " + path);
        }
        must(nullsWithin(stats.path("nullCount"), rows), "more nulls than rows in " + path + ": " + stats);
        must(
                Set.copyOf(stats.path("minValues").propertyNames())
                        .equals(Set.copyOf(stats.path("maxValues").propertyNames())),
                "bounds of different columns in " + path);
        stats.path("minValues").properties().forEach(min -> {
            JsonNode max = stats.path("maxValues").path(min.getKey());
            if (min.getValue().isNumber() && max.isNumber()) {
                must(
                        min.getValue().decimalValue().compareTo(max.decimalValue()) <= 0,
                        "bounds of " + min.getKey() + " in " + path);
            }
        });
    }

    private static boolean nullsWithin(JsonNode nulls, long rows) {
        for (JsonNode value : nulls) {
            boolean fits = value.isObject()
                    ? nullsWithin(value, rows)
                    : value.isIntegralNumber() && value.longValue() >= 0 && value.longValue() <= rows;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private void remove(JsonNode remove, Set<String> removed) {
        String path = path(remove);
        must(removed.add(path), "removes twice " + path);
        must(remove.path("dataChange").isBoolean(), "dataChange: " + remove);
        must(
                !remove.has("deletionTimestamp")
                        || remove.path("deletionTimestamp").isIntegralNumber(),
                "time: " + remove);
        if (remove.path("extendedFileMetadata").booleanValue(false)) {
            must(
                    remove.path("size").isIntegralNumber()
                            && remove.path("partitionValues").isObject(),
                    "both: " + remove);
        }
        JsonNode was = active.remove(path);
        must(was != null, "removes what is not there: " + path);
        must(
                was == null
                        || !remove.has("partitionValues")
                        || was.path("partitionValues").equals(remove.path("partitionValues")),
                "the same partition: " + remove);
        must(
                !metaData.path("configuration")
                        .path("delta.appendOnly")
                        .stringValue("false")
                        .equals("true"),
                "an append-only table loses " + path);
    }

    private void txn(JsonNode txn, Set<String> apps) {
        String id = txn.path("appId").stringValue("");
        must(!id.isEmpty() && txn.path("version").isIntegralNumber(), "appId and version: " + txn);
        must(apps.add(id), "two versions of " + id);
        long version = txn.path("version").longValue(-1);
        if (id.startsWith("wisent/") && !id.endsWith("#state")) {
            must(version == txns.getOrDefault(id, 0L) + 1, id + " goes from " + txns.get(id) + " to " + version);
        }
        txns.put(id, version);
    }

    private void info(JsonNode info) {
        must(info.isObject() && info.path("timestamp").isIntegralNumber(), "commitInfo: " + info);
        must(
                info.path("operation").isString()
                        && info.path("operationParameters").isObject(),
                "commitInfo: " + info);
    }

    private JsonNode parsed(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            must(false, "no JSON: " + text);
            return JsonMapper.shared().createObjectNode();
        }
    }

    @Override
    public String toString() {
        return active.keySet().stream().collect(Collectors.joining(", "));
    }
}
