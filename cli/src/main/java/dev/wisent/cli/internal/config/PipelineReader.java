package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.source.Source;
import dev.wisent.cli.internal.config.PipelineSpec.DestinationPart;
import dev.wisent.cli.internal.config.PipelineSpec.EnginePart;
import dev.wisent.cli.internal.config.PipelineSpec.ErrorPart;
import dev.wisent.cli.internal.config.PipelineSpec.OnBadRecord;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import dev.wisent.cli.internal.config.PipelineSpec.SourcePart;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads the sections of a pipeline file.
final class PipelineReader {
    /// Keys of Bizon, or of later versions: what to do without them.
    private static final Map<String, String> LATER = Map.of(
            "transforms", "transform after loading, or before extracting",
            "alerting", "act on the exit code of 'wisent run'",
            "monitoring", "read the object that 'wisent run --json' prints",
            "streams", "write one pipeline file for each stream",
            "secrets", "put secrets into variables and refer to them with env://NAME",
            "plugins", "wisent source list",
            "sink", "name it 'destination'");

    private final ConfigProblems problems;
    private final Connectors connectors;
    private final OutputStream console;
    private final Warnings warnings = new Warnings();

    PipelineReader(ConfigProblems problems, Connectors connectors, OutputStream console) {
        this.problems = problems;
        this.connectors = connectors;
        this.console = console;
    }

    /// Empty when there are problems.
    Optional<PipelineSpec> read(String file, ConfigSection top, Optional<Runner> runner) {
        String name = Names.required(top, "name");
        String id = top.has("id") ? Names.required(top, "id") : name;
        LATER.forEach((key, instead) -> later(top, key, instead));
        ConfigSection origin = section(top, "source");
        SourceReader.Common source = new SourceReader(origin, warnings, connectors).read(id);
        ConfigSection target = section(top, "destination");
        String standardTarget = source.connector() + "_" + source.settings().stream();
        DestinationReader.Common destination = new DestinationReader(target, warnings, connectors)
                .read(
                        id,
                        standardTarget,
                        ConfigSection.absent("destination.config", target.place(), problems),
                        console);
        EnginePart engine = new EngineReader(optional(top, "engine"), warnings, problems).read(runner);
        ErrorPart errors = errors(optional(top, "error_handling"), id);
        Optional<LogLevel> level = logLevel(top);
        Optional<Source> reads = source.factory().flatMap(f -> make(origin, () -> f.create(origin, source.settings())));
        Optional<DestinationHandle> writes = destination
                .factory()
                .flatMap(f -> make(destination.config(), () -> f.create(destination.config(), destination.settings())));
        top.done();
        if (!problems.isEmpty() || reads.isEmpty() || writes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PipelineSpec(
                file,
                name,
                id,
                new SourcePart(
                        source.connector(), source.settings(), reads.get(), source.maxIterations(), source.start()),
                new DestinationPart(
                        destination.connector(),
                        destination.alias(),
                        destination.settings().defaultTarget(),
                        destination.settings(),
                        writes.get()),
                engine,
                errors,
                level,
                warnings.all()));
    }

    /// Calls a factory. What it throws because of values it has just reported is not told again.
    private <T> Optional<T> make(ConfigSection section, Supplier<T> factory) {
        try {
            T made = factory.get();
            section.done();
            return Optional.of(made);
        } catch (RuntimeException failed) {
            if (problems.isEmpty()) {
                throw failed;
            }
            return Optional.empty();
        }
    }

    private void later(ConfigSection top, String key, String instead) {
        if (!top.keys().contains(key)) {
            return;
        }
        boolean filled = top.raw(key)
                .filter(value -> switch (value) {
                    case ConfigNode.Mapping m -> !m.entries().isEmpty();
                    case ConfigNode.Sequence s -> !s.items().isEmpty();
                    case ConfigNode.Scalar s -> true;
                })
                .isPresent();
        if (filled) {
            top.problem(key, "'" + key + "' is not available in this version yet", instead);
        }
    }

    /// A section that must be there.
    private ConfigSection section(ConfigSection top, String key) {
        if (!top.has(key)) {
            top.problem(key, "'" + key + "' is missing", "");
        }
        return optional(top, key);
    }

    private ConfigSection optional(ConfigSection top, String key) {
        return top.section(key).orElseGet(() -> ConfigSection.absent(key, top.place(key), problems));
    }

    private static Optional<LogLevel> logLevel(ConfigSection top) {
        Optional<String> text = top.optionalText("log_level")
                .or(() -> top.section("engine")
                        .flatMap(engine -> engine.section("runner"))
                        .flatMap(runner -> runner.optionalText("log_level")));
        Optional<LogLevel> level = text.flatMap(LogLevel::of);
        if (top.has("log_level") && level.isEmpty()) {
            EngineReader.logLevel(top);
        }
        return level;
    }

    private static ErrorPart errors(ConfigSection section, String id) {
        Path standard = Path.of(".wisent/rejects", fileName(id));
        Path rejects = standard;
        try {
            rejects = section.optionalText("dlq_path").map(Path::of).orElse(standard);
        } catch (InvalidPathException notAPath) {
            section.problem("dlq_path", "must be the path of a folder", "");
        }
        ErrorPart part = new ErrorPart(
                section.choice("on_bad_record", OnBadRecord.class, OnBadRecord.REJECT),
                section.integer("max_failures", 0, 0, Long.MAX_VALUE),
                rejects);
        section.done();
        return part;
    }

    /// A pipeline's id as one name of a path.
    private static String fileName(String id) {
        String name = id.replaceAll("[^A-Za-z0-9._-]", "_");
        return name.startsWith(".") ? "_" + name : name;
    }
}
