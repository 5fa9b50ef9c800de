package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Place;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.source.SourceFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pipeline with `sink:`, the form of Blizzard's first version, in the words of one with `destination:`. Names it lacks
/// are `files`, `delta`, and for pipeline and stream the file's base name.
final class SinkForm {
    static final String SINK = "sink";
    static final String DESTINATION = "destination";
    private static final String FILES = "files";
    private static final String DELTA = "delta";
    private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1 << 20);

    /// Keys that are taken and mean nothing here, if what they stand for has no such key of its own.
    private static final Map<String, String> IDLE_SOURCE = Map.of(
            "batch_size", "rows are handed on by bytes, not by number",
            "max_concurrent_files", "how many files are read at once is the engine's matter");
    private static final Map<String, String> IDLE_SINK = Map.of(
            "row_group_size_bytes", "row groups are as large as the memory of a worker lets them be",
            "inactivity_timeout_secs", "rollover_timeout_secs ends files that are long in the making",
            "part_size_mb", "the size of parts follows from the store",
            "min_multipart_size_mb", "files smaller than a part are sent in one request",
            "max_concurrent_uploads", "how much is sent at once follows from the memory there is",
            "max_concurrent_parts", "how much is sent at once follows from the memory there is");
    private static final Map<String, String> IDLE_TOP = Map.of(
            "metrics", "'wisent run --json' prints what a run did",
            "checkpoint", "progress is kept with the rows, in each commit",
            "global", "each run is a process of its own");

    /// A key without a counterpart.
    record Idle(Place place, String path, String why) {}

    /// The pipeline in our words.
    ///
    /// @param paths dotted paths of our words, and what they were called
    record Ours(ConfigNode.Mapping pipeline, List<Idle> idle, Map<String, String> paths) {
        /// What `path` is called in the file.
        String written(String path) {
            return paths.entrySet().stream()
                    .filter(moved -> path.equals(moved.getKey()) || path.startsWith(moved.getKey() + "."))
                    .findFirst()
                    .map(moved ->
                            moved.getValue() + path.substring(moved.getKey().length()))
                    .orElse(path);
        }
    }

    private final Connectors connectors;
    private final String name;
    private final List<Idle> idle = new ArrayList<>();
    private final Map<String, String> paths = new LinkedHashMap<>();

    private SinkForm(Connectors connectors, String name) {
        this.connectors = connectors;
        this.name = name;
    }

    static boolean isOne(ConfigNode.Mapping pipeline) {
        return pipeline.entries().containsKey(SINK);
    }

    /// @param name of what has none: the file's base name
    static Ours ours(ConfigNode.Mapping pipeline, String name, Connectors connectors) {
        return new SinkForm(connectors, name).translated(Branch.of(pipeline));
    }

    private Ours translated(Branch top) {
        IDLE_TOP.forEach((key, why) -> idle(top, key, key, why));
        Branch pipeline = Branch.empty(top.place(SINK));
        top.standard("name", name);
        Branch source = top.branch("source");
        Branch sink = top.branch(SINK);
        boolean isUnnamed = !source.has("name");
        Branch named = Branch.empty(top.place("source"));
        named.put("name", FILES);
        source.take("name").ifPresent(entry -> named.put("name", entry));
        top.take("name").ifPresent(entry -> {
            pipeline.put("name", entry);
            named.put("stream", entry);
        });
        source.take("stream").ifPresent(entry -> named.put("stream", entry));
        String target = sink.text("name").orElse(DELTA);
        if (named.text("name").filter(FILES::equals).isPresent()) {
            files(source, sink, top);
            if (isUnnamed) {
                source.standard("format", "ndjson");
            }
        }
        named.putAll(source);
        pipeline.put("source", named);
        pipeline.put(DESTINATION, destination(sink, target));
        errors(top);
        top.take(SINK);
        pipeline.putAll(top);
        paths.put(DESTINATION + ".config", SINK);
        paths.put(DESTINATION, SINK);
        return new Ours(pipeline.mapping(), List.copyOf(idle), paths);
    }

    private void files(Branch source, Branch sink, Branch top) {
        ConfigShape shape = connectors.source(FILES).map(SourceFactory::keys).orElse(ConfigShape.EMPTY);
        if (source.rename("poll_interval_secs", "poll_interval")) {
            source.standard("sync_mode", "stream");
            paths.put("source.poll_interval", "source.poll_interval_secs");
        }
        IDLE_SOURCE.forEach((key, why) -> {
            if (shape.key(key).isEmpty()) {
                idle(source, key, "source." + key, why);
            }
        });
        if (!source.has("schema") && top.find("schema").orElse(null) instanceof ConfigNode.Mapping schema) {
            top.take("schema");
            source.put("schema", described(Branch.of(schema)));
            paths.put("source.schema", "schema");
        }
        boolean fromPath = shape.key("partition_columns").isPresent() && !source.has("partition_columns");
        if (fromPath && sink.mapping().entries().get("partition_by") instanceof ConfigNode.Entry columns) {
            source.put("partition_columns", columns);
        }
    }

    /// There, a field that does not say so may not be null, numbers are microseconds, and bytes hexadecimal digits.
    private static Branch described(Branch schema) {
        if (schema.find("fields").orElse(null) instanceof ConfigNode.Sequence fields) {
            List<ConfigNode> items = new ArrayList<>();
            for (ConfigNode item : fields.items()) {
                if (item instanceof ConfigNode.Mapping field) {
                    Branch told = Branch.of(field);
                    told.standard("nullable", "false");
                    switch (told.text("type").orElse("")) {
                        case "timestamp" -> told.standard("unit", "us");
                        case "binary" -> told.standard("encoding", "hex");
                        default -> {}
                    }
                    items.add(told.mapping());
                } else {
                    items.add(item);
                }
            }
            schema.put(
                    "fields",
                    new ConfigNode.Entry(schema.place("fields"), new ConfigNode.Sequence(items, fields.place())));
        }
        return schema;
    }

    private Branch destination(Branch sink, String target) {
        Branch destination = Branch.empty(sink.mapping().place());
        destination.put("name", target);
        sink.take("name").ifPresent(entry -> destination.put("name", entry));
        sink.take("alias").ifPresent(entry -> destination.put("alias", entry));
        if (target.equals(DELTA)) {
            delta(sink, connectors.destination(DELTA).map(DestinationFactory::keys));
        }
        destination.put("config", sink);
        return destination;
    }

    /// @param shape empty: what the destination knows can't be told
    private void delta(Branch sink, Optional<ConfigShape> shape) {
        if (sink.rename("delta_checkpoint_interval", "checkpoint_interval")) {
            paths.put(DESTINATION + ".config.checkpoint_interval", SINK + ".delta_checkpoint_interval");
            if (sink.text("checkpoint_interval").filter("0"::equals).isPresent()) {
                idle(sink, "checkpoint_interval", SINK + ".delta_checkpoint_interval", "checkpoints can't be off");
            }
        }
        sink.text("compression").ifPresent(codec -> {
            switch (codec) {
                case "uncompressed" -> sink.put("compression", "none");
                case "lz4" -> sink.put("compression", "lz4_raw");
                default -> {}
            }
        });
        boolean sizesGroups = shape.flatMap(keys -> keys.key("row_group_mb")).isPresent();
        Optional<String> bytes = sink.text("row_group_size_bytes").filter(text -> text.matches("\\d{1,18}"));
        if (sizesGroups && bytes.isPresent() && sink.rename("row_group_size_bytes", "row_group_mb")) {
            sink.put(
                    "row_group_mb",
                    new BigDecimal(bytes.get())
                            .divide(MEGABYTE)
                            .stripTrailingZeros()
                            .toPlainString());
            paths.put(DESTINATION + ".config.row_group_mb", SINK + ".row_group_size_bytes");
        }
        IDLE_SINK.forEach((key, why) -> {
            if (shape.flatMap(keys -> keys.key(key)).isEmpty()) {
                idle(sink, key, SINK + "." + key, why);
            }
        });
    }

    private void errors(Branch top) {
        if (top.find("error_handling").orElse(null) instanceof ConfigNode.Mapping handling) {
            Branch errors = Branch.of(handling);
            if (ErrorReader.KEYS.key("dlq_storage_options").isEmpty()) {
                idle(
                        errors,
                        "dlq_storage_options",
                        "error_handling.dlq_storage_options",
                        "rejects are kept in a folder of this machine");
                if (errors.text("dlq_path").filter(path -> path.contains("://")).isPresent()) {
                    idle(errors, "dlq_path", "error_handling.dlq_path", "rejects are kept in a folder of this machine");
                }
            }
            top.put("error_handling", errors);
        }
    }

    private void idle(Branch branch, String key, String path, String why) {
        Place place = branch.place(key);
        branch.take(key).ifPresent(entry -> idle.add(new Idle(place, path, why)));
    }
}
