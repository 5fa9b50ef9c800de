package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigNode.Entry;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts a configuration of Blizzard, of its first version or of later ones, into pipelines of ours. References stay
/// references. What has no counterpart is named.
public final class BlizzardImport {
    /// One pipeline.
    ///
    /// @param yaml the whole file, with a comment for each key that has no counterpart
    public record Imported(String name, String yaml, List<Dropped> dropped) {}

    /// A key that has no counterpart.
    ///
    /// @param place file, line and column
    public record Dropped(String place, String path, String why) {}

    /// `$NAME`, `${NAME}`, `${NAME-default}`, `${NAME:-default}`, `$$`.
    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:\\$|([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^}]*))?})");

    private final Connectors connectors;
    private final String label;
    private final List<SinkForm.Idle> idle = new ArrayList<>();

    private BlizzardImport(Connectors connectors, String label) {
        this.connectors = connectors;
        this.label = label;
    }

    /// @param label names the file in messages
    /// @param base what pipelines without a name are called
    public static List<Imported> of(String text, String label, String base, Connectors connectors) {
        ConfigProblems problems = new ConfigProblems();
        ConfigNode root =
                label.endsWith(".json") ? JsonTree.parse(label, text, problems) : YamlTree.parse(label, text, problems);
        if (!problems.isEmpty()) {
            throw WisentException.of(ErrorCode.CONFIG_SYNTAX, label + " can't be read as it is meant")
                    .where(String.join(
                            "\n",
                            problems.all().stream()
                                    .map(problem -> problem.place() + ": " + problem.message())
                                    .toList()));
        }
        if (!(references(root) instanceof ConfigNode.Mapping mapping)) {
            throw notBlizzards(label);
        }
        return new BlizzardImport(connectors, label).all(Branch.of(mapping), base);
    }

    private static WisentException notBlizzards(String label) {
        return WisentException.of(ErrorCode.CONFIG_INVALID, label + " is no configuration of Blizzard")
                .where(label)
                .hint("it has 'source:' and 'sink:', or, of later versions, 'pipelines:'");
    }

    private List<Imported> all(Branch top, String base) {
        boolean isLater = top.has("pipelines");
        if (!isLater && !top.has(SinkForm.SINK)) {
            throw notBlizzards(label);
        }
        if (!isLater) {
            return List.of(imported(top.mapping(), base));
        }
        List<Imported> all = new ArrayList<>();
        Branch pipelines = top.branch("pipelines");
        for (String name : top.keys()) {
            drop(
                    top,
                    name,
                    name,
                    name.equals("tables")
                            ? "tables are committed by the pipeline that writes them"
                            : "each run is a process of its own; 'wisent run --json' prints what it did");
        }
        List<SinkForm.Idle> ofAll = List.copyOf(idle);
        for (String name : pipelines.keys()) {
            Branch pipeline = pipelines.branch(name);
            Branch sources = pipeline.branch("sources");
            for (String source : sources.keys()) {
                idle.clear();
                idle.addAll(ofAll);
                boolean isOne = sources.keys().size() == 1;
                all.add(later(
                        pipeline, sources.branch(source), isOne ? name : name + "-" + source, "pipelines." + name));
                if (!isOne) {
                    sources.put(source, Branch.empty(sources.place(source)));
                }
            }
        }
        if (all.isEmpty()) {
            throw notBlizzards(label);
        }
        return all;
    }

    /// A pipeline of a later version with one of its sources.
    private Imported later(Branch whole, Branch source, String name, String path) {
        Branch pipeline = Branch.of(whole.mapping());
        Branch sink = pipeline.branch(SinkForm.SINK);
        sink.rename("table_uri", "path");
        List<String> columns = columns(sink.branch("partition_by"));
        if (!columns.isEmpty()) {
            sink.put("partition_by", columns);
        }
        drop(source, "use_watermark", path + ".sources", "finished files are known by name and content");
        drop(source, "checkpoint", path + ".sources", "progress is kept with the rows, in each commit");
        source.standard("poll_interval_secs", "60");
        pipeline.take("max_concurrent_files").ifPresent(entry -> source.put("max_concurrent_files", entry));
        schema(pipeline, path);
        Branch first = Branch.empty(pipeline.mapping().place());
        first.put("name", name);
        first.put("source", source);
        first.put(SinkForm.SINK, sink);
        pipeline.take("sink_parallelism").ifPresent(entry -> first.put("engine", workers(first, entry)));
        first.putAll(pipeline);
        return imported(first.mapping(), name);
    }

    private static Branch workers(Branch at, Entry number) {
        Branch engine = Branch.empty(at.mapping().place());
        Branch runner = Branch.empty(at.mapping().place());
        Branch config = Branch.empty(at.mapping().place());
        config.put("max_workers", number);
        runner.put("config", config);
        engine.put("runner", runner);
        return engine;
    }

    /// The names before `=` in the folders of `prefix_template`.
    private static List<String> columns(Branch partitions) {
        List<String> columns = new ArrayList<>();
        for (String folder : partitions.text("prefix_template").orElse("").split("/", -1)) {
            int at = folder.indexOf('=');
            if (at > 0) {
                columns.add(folder.substring(0, at));
            }
        }
        return columns;
    }

    /// There, a field may be null unless it says otherwise; and a schema that is inferred is none.
    private void schema(Branch pipeline, String path) {
        Branch schema = pipeline.branch("schema");
        drop(schema, "coerce_conflicts_to_utf8", path + ".schema", "a column of type json takes any value as text");
        schema.take("infer");
        if (schema.find("fields").orElse(null) instanceof ConfigNode.Sequence fields) {
            List<ConfigNode> items = new ArrayList<>();
            for (ConfigNode item : fields.items()) {
                Branch field =
                        item instanceof ConfigNode.Mapping mapping ? Branch.of(mapping) : Branch.empty(item.place());
                field.standard("nullable", "true");
                items.add(item instanceof ConfigNode.Mapping ? field.mapping() : item);
            }
            schema.put("fields", new Entry(fields.place(), new ConfigNode.Sequence(items, fields.place())));
            pipeline.put("schema", schema);
        }
    }

    private void drop(Branch branch, String key, String path, String why) {
        String whole = path.equals(key) ? key : path + "." + key;
        var place = branch.place(key);
        branch.take(key).ifPresent(entry -> idle.add(new SinkForm.Idle(place, whole, why)));
    }

    private Imported imported(ConfigNode.Mapping pipeline, String base) {
        SinkForm.Ours ours = SinkForm.ours(pipeline, base, connectors);
        idle.addAll(ours.idle());
        List<Dropped> dropped = idle.stream()
                .map(key -> new Dropped(key.place().toString(), key.path(), key.why()))
                .toList();
        StringBuilder yaml = new StringBuilder();
        dropped.forEach(key -> yaml.append("# no counterpart: ")
                .append(key.path())
                .append(" (")
                .append(key.why())
                .append(")\n"));
        yaml.append(YamlText.of(ours.pipeline()));
        String name = Branch.of(ours.pipeline()).text("name").orElse(base);
        return new Imported(name, yaml.toString(), dropped);
    }

    private static ConfigNode references(ConfigNode node) {
        return switch (node) {
            case ConfigNode.Scalar scalar ->
                new ConfigNode.Scalar(reference(scalar.text()), scalar.kind(), scalar.origin(), scalar.place());
            case ConfigNode.Sequence sequence ->
                new ConfigNode.Sequence(
                        sequence.items().stream()
                                .map(BlizzardImport::references)
                                .toList(),
                        sequence.place());
            case ConfigNode.Mapping mapping -> {
                Branch branch = Branch.of(mapping);
                mapping.entries()
                        .forEach((key, entry) ->
                                branch.put(key, new Entry(entry.keyPlace(), references(entry.value()))));
                yield branch.mapping();
            }
        };
    }

    private static String reference(String text) {
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(ours(found)));
    }

    private static String ours(MatchResult found) {
        if (found.group().equals("$$")) {
            return "$$";
        }
        String name = Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2));
        return Optional.ofNullable(found.group(3))
                .map(standard -> "${" + name + ":-" + standard + "}")
                .orElse("${" + name + "}");
    }
}
