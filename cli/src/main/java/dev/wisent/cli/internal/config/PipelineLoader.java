package dev.wisent.cli.internal.config;

import dev.wisent.api.StreamId;
import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.ConfigProblems.Problem;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Place;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Loads a pipeline file: parse, resolve references, read the sections. Throws one error that tells all problems, each
/// with its place.
public final class PipelineLoader {
    private final Connectors connectors;
    private final Variables variables;
    private final OutputStream console;
    private final Consumer<Secrets> found;

    /// @param console where destinations that show rows to people write them
    /// @param found is given what references brought before anything else can be told about the file
    public PipelineLoader(Connectors connectors, Variables variables, OutputStream console, Consumer<Secrets> found) {
        this.connectors = connectors;
        this.variables = variables;
        this.console = console;
        this.found = found;
    }

    /// @param file what to read; `label` names it in messages
    /// @param runner what `--runner` says
    public PipelineSpec load(Path file, String label, Optional<Runner> runner) {
        Path folder = file.toAbsolutePath().normalize().resolveSibling("");
        return parse(text(file, label), label, folder, runner);
    }

    /// Every reference of a file, resolved, whatever else is wrong with it.
    public List<References.Found> references(Path file, String label) {
        ConfigNode raw = tree(label, text(file, label), new ConfigProblems());
        References resolver = new References(variables, stores(raw), new ConfigProblems());
        resolver.resolve(raw, "");
        found.accept(new Secrets(resolver.values()));
        return resolver.found();
    }

    private SecretStores stores(ConfigNode raw) {
        return new SecretStores(connectors, raw, text -> References.variables(text, variables, raw.place()));
    }

    private static ConfigNode tree(String label, String text, ConfigProblems problems) {
        return label.endsWith(".json") ? JsonTree.parse(label, text, problems) : YamlTree.parse(label, text, problems);
    }

    /// The same for a text that is to become a file in `folder`.
    public PipelineSpec load(String text, String label, Path folder) {
        return parse(text, label, folder, Optional.empty());
    }

    PipelineSpec parse(String text, String label, Optional<Runner> runner) {
        return parse(text, label, Path.of(""), runner);
    }

    private PipelineSpec parse(String text, String label, Path folder, Optional<Runner> runner) {
        ConfigProblems problems = new ConfigProblems();
        ConfigProblems references = new ConfigProblems();
        ConfigNode raw = tree(label, text, problems);
        References resolver = new References(variables, stores(raw), references);
        ConfigNode root = resolver.resolve(raw, "");
        found.accept(new Secrets(resolver.values()));
        if (!(root instanceof ConfigNode.Mapping mapping)) {
            Place place = root.place();
            throw WisentException.of(ErrorCode.CONFIG_SYNTAX, label + " holds no mapping (key: value)")
                    .where(place.toString())
                    .hint("a pipeline begins with 'name:', 'source:' and 'destination:'");
        }
        File file = new File(label, folder, runner, mapping, resolver.values(), references);
        return read(file, sink(mapping, label, problems), Optional.empty(), problems);
    }

    /// A file whose references are resolved.
    private record File(
            String label,
            Path folder,
            Optional<Runner> runner,
            ConfigNode.Mapping mapping,
            Set<String> secrets,
            ConfigProblems references) {}

    /// @param stream the one of several streams it is read for; empty: it is read as it is
    private PipelineSpec read(
            File file, Optional<SinkForm.Ours> sink, Optional<StreamId> stream, ConfigProblems problems) {
        String label = file.label();
        ConfigNode.Mapping pipeline =
                forStream(sink.map(SinkForm.Ours::pipeline).orElse(file.mapping()), stream);
        Optional<PipelineSpec> spec;
        try {
            spec = new PipelineReader(
                            problems,
                            connectors,
                            file.folder(),
                            console,
                            one -> read(file, sink, Optional.of(one), new ConfigProblems()))
                    .read(label, new ConfigSection("", pipeline, problems), file.runner());
        } finally {
            // those that stand in the file itself are known once the keys are
            Set<String> secrets = new HashSet<>(file.secrets());
            secrets.addAll(problems.concealed());
            found.accept(new Secrets(secrets));
        }
        List<Problem> all = together(file.references(), problems);
        if (all.isEmpty() && spec.isPresent()) {
            return spec.get();
        }
        spec.ifPresent(s -> s.source().source().close());
        throw refused(
                label,
                all.stream()
                        .map(p -> new Problem(
                                p.place(),
                                sink.map(form -> form.written(p.path())).orElse(p.path()),
                                p.message(),
                                p.hint()))
                        .toList());
    }

    private static ConfigNode.Mapping forStream(ConfigNode.Mapping pipeline, Optional<StreamId> stream) {
        return stream.map(id -> new OneStream(id.name()).of(pipeline))
                .orElseGet(() -> OneStream.only(pipeline)
                        .map(name -> new OneStream(name).filled(pipeline))
                        .orElse(pipeline));
    }

    /// A file with `sink:` in our words; empty: it is in our words.
    private Optional<SinkForm.Ours> sink(ConfigNode.Mapping pipeline, String label, ConfigProblems problems) {
        if (!SinkForm.isOne(pipeline) || pipeline.entries().containsKey(SinkForm.DESTINATION)) {
            return Optional.empty();
        }
        String file = String.valueOf(Path.of(label).getFileName());
        SinkForm.Ours ours = SinkForm.ours(pipeline, file.replaceFirst("\\.(ya?ml|json)$", ""), connectors);
        ours.idle().forEach(key -> problems.warn(key.place(), key.path(), "means nothing here: " + key.why()));
        return Optional.of(ours);
    }

    /// One problem for each key: what follows from it, or from one above it, is not worth telling.
    private static List<Problem> together(ConfigProblems references, ConfigProblems problems) {
        Map<String, Problem> first = new LinkedHashMap<>();
        Stream.concat(references.all().stream(), problems.all().stream())
                .forEach(p -> first.putIfAbsent(p.path().isEmpty() ? p.place().toString() : p.path(), p));
        ConfigProblems all = new ConfigProblems();
        first.values().stream()
                .filter(p -> above(p.path()).noneMatch(first::containsKey))
                .forEach(p -> all.add(p.place(), p.path(), p.message(), p.hint()));
        return all.all();
    }

    /// The paths that `path` lies under.
    private static Stream<String> above(String path) {
        return IntStream.range(0, path.length())
                .filter(i -> path.charAt(i) == '.' || path.charAt(i) == '[')
                .mapToObj(i -> path.substring(0, i));
    }

    private static WisentException refused(String label, List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        for (Problem problem : problems) {
            String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
            String hint = problem.hint().isEmpty() ? "" : " (" + problem.hint() + ")";
            lines.add(problem.place() + ": " + path + problem.message() + hint);
        }
        String count = problems.size() == 1 ? "one problem" : problems.size() + " problems";
        return WisentException.of(ErrorCode.CONFIG_INVALID, label + " has " + count)
                .where(String.join("\n", lines));
    }

    private static String text(Path file, String label) {
        try {
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw WisentException.of(ErrorCode.CONFIG_SYNTAX, label + " is not UTF-8 text")
                    .where(label)
                    .causedBy(notUtf8);
        } catch (IOException | SecurityException unreadable) {
            if (Files.isDirectory(file)) {
                throw WisentException.of(ErrorCode.CONFIG_FILE, label + " is a folder, and a pipeline is a file")
                        .where(file.toAbsolutePath().toString())
                        .hint("name a file in it, or write one")
                        .next("wisent init");
            }
            boolean there = Files.exists(file);
            throw WisentException.of(
                            ErrorCode.CONFIG_FILE, there ? label + " can't be read" : "there is no file " + label)
                    .where(file.toAbsolutePath().toString())
                    .hint(there ? "is it a file, and may you read it?" : "the path is relative to the working folder")
                    .next(there ? "wisent check FILE" : "wisent init")
                    .causedBy(unreadable);
        }
    }
}
