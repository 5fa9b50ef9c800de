package dev.wisent.cli.internal.config;

import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.source.Source;
import dev.wisent.cli.internal.config.PipelineSpec.AlertingPart;
import dev.wisent.cli.internal.config.PipelineSpec.DestinationPart;
import dev.wisent.cli.internal.config.PipelineSpec.EnginePart;
import dev.wisent.cli.internal.config.PipelineSpec.ErrorPart;
import dev.wisent.cli.internal.config.PipelineSpec.Publish;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import dev.wisent.cli.internal.config.PipelineSpec.SourcePart;
import dev.wisent.engine.LabelledTransform;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads the sections of a pipeline file.
final class PipelineReader {
    private static final Key<String> NAME =
            Key.text("name").about("what messages call the pipeline").required();
    private static final Key<Optional<String>> ID = Key.text("id")
            .about("what progress is stored under. Give the id of before when you rename a pipeline")
            .optional("the name");
    static final Key<ConfigSection> SOURCE =
            Key.mapping("source").about("where records come from").required();
    static final Key<ConfigSection> DESTINATION =
            Key.mapping("destination").about("where they go").required();
    /// Read by [SinkForm], before everything else; what is left of it stands beside `destination`.
    static final Key<?> SINK = Key.refused(
            SinkForm.SINK, "stands beside 'destination', and both say where records go", "keep one of them");
    static final Key<ConfigSection> ENGINE =
            Key.nested("engine", EngineReader.KEYS).about("how it runs").orEmpty();
    private static final Key<ConfigSection> ERROR_HANDLING = Key.nested("error_handling", ErrorReader.KEYS)
            .about("what becomes of what can't be processed")
            .orEmpty();
    private static final Key<Optional<ConfigSection>> ALERTING = Key.nested("alerting", AlertingReader.KEYS)
            .about("tells a chat channel when a run fails")
            .optional();
    private static final Key<ConfigSection> GSM = Key.nested(
                    "gsm",
                    ConfigShape.of(
                            Key.text("project_id")
                                    .about("the project of secrets that are named without one")
                                    .optional("that of the credentials, then `GOOGLE_CLOUD_PROJECT`"),
                            Key.text("endpoint")
                                    .about("another address than Google's, for a proxy or a test")
                                    .optional("`https://secretmanager.googleapis.com/`")))
            .about("Google Secret Manager")
            .orEmpty();
    /// Read by [SecretStores], before references are resolved.
    private static final Key<ConfigSection> SECRETS = Key.nested("secrets", ConfigShape.of(GSM))
            .about("where `gsm://` references are looked up")
            .orEmpty();
    private static final Key<Optional<LogLevel>> LOG_LEVEL =
            LogLevel.key("what is told on stderr; `--log-level` wins").optional("`info`");

    private static final Key<?> SCHEMA = Key.text("$schema")
            .about("where editors find the JSON Schema of this file")
            .optional();

    static final ConfigShape KEYS = ConfigShape.of(
            SCHEMA,
            NAME,
            ID,
            SOURCE,
            DESTINATION,
            ENGINE,
            ERROR_HANDLING,
            LOG_LEVEL,
            TransformsReader.TRANSFORMS,
            PluginsReader.PLUGINS,
            StreamsReader.STREAMS,
            ALERTING,
            later("monitoring", "read the object that 'wisent run --json' prints"),
            SECRETS,
            SINK);

    private final ConfigProblems problems;
    private final Connectors installed;
    private final Path folder;
    private final OutputStream console;
    private final Function<StreamId, PipelineSpec> each;

    /// @param each reads the file for one of several streams
    /// @param folder that of the pipeline file
    PipelineReader(
            ConfigProblems problems,
            Connectors connectors,
            Path folder,
            OutputStream console,
            Function<StreamId, PipelineSpec> each) {
        this.each = each;
        this.problems = problems;
        installed = connectors;
        this.folder = folder;
        this.console = console;
    }

    /// Empty when there are problems.
    Optional<PipelineSpec> read(String file, ConfigSection top, Optional<Runner> runner) {
        top.elsewhere(SourceReader.KEYS, "source")
                .elsewhere(DestinationReader.CONFIG_KEYS, "destination.config")
                .elsewhere(EngineReader.KEYS, "engine")
                .elsewhere(ErrorReader.KEYS, "error_handling")
                .expect(KEYS);
        String name = Names.required(top, NAME);
        String id = top.read(ID).map(text -> Names.filled(top, ID, text)).orElse(name);
        Connectors connectors = new PluginsReader(top, problems, folder).read(installed);
        ConfigSection origin = top.read(SOURCE);
        SourceReader.Common source = new SourceReader(origin, connectors).read(id);
        StreamsReader streams = new StreamsReader(top);
        StreamsReader.Routing routing = streams.read();
        streams.demand(source.factory(), source.settings().syncMode());
        ConfigSection settings = top.read(ENGINE);
        EnginePart engine = new EngineReader(settings, connectors).read(runner, id);
        ConfigSection target = top.read(DESTINATION);
        DestinationReader.Common destination =
                new DestinationReader(target, problems, connectors, engine.runner()).read(id, source, routing, console);
        boolean several = source.streams().size() > 1
                || SeveralStreams.isPattern(source.streams().getFirst());
        if (several) {
            refuseOnePlace(top, destination.config());
        }
        refusePublishing(settings, engine, destination.settings());
        top.read(SECRETS).read(GSM);
        ErrorPart errors = ErrorReader.read(top.read(ERROR_HANDLING), id);
        Optional<LogLevel> level = top.read(LOG_LEVEL).or(() -> EngineReader.logLevel(settings));
        Optional<AlertingPart> alerting = AlertingReader.read(top.read(ALERTING));
        Optional<Source> reads = source.factory()
                .flatMap(f -> make(() -> f.create(
                        origin, source.settings().routing(routing.routes().keySet()))));
        Optional<DestinationHandle> writes =
                destination.factory().flatMap(f -> make(() -> f.create(destination.config(), destination.settings())));
        writes.ifPresent(handle -> streams.demand(handle, routing));
        List<LabelledTransform> transforms = new TransformsReader(connectors).read(top);
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
                        writes.get(),
                        routing.routes()),
                engine,
                errors,
                level,
                problems.warnings().stream()
                        .map(warning -> warning.place() + ": " + warning.path() + " " + warning.message())
                        .toList(),
                transforms,
                alerting,
                several ? Optional.of(new SeveralStreams(source.streams(), each)) : Optional.empty()));
    }

    /// Several streams can't have one target.
    private static void refuseOnePlace(ConfigSection top, ConfigSection config) {
        if (!top.read(StreamsReader.STREAMS).isEmpty()) {
            top.problem(
                    StreamsReader.STREAMS.name(),
                    "route the records of one stream, and source.stream names several",
                    "write one pipeline file for each of the two");
        }
        String id = DestinationReader.DESTINATION_ID.name();
        if (config.has(id) && OneStream.isOneName(config.text(id))) {
            config.problem(
                    id,
                    "is one name, and source.stream names several streams",
                    "leave it out, or put " + OneStream.PLACEHOLDER + " into it: it stands for the stream's name");
        }
    }

    private static void refusePublishing(ConfigSection settings, EnginePart engine, DestinationSettings writing) {
        if (writing.writeMode() == Commit.Mode.MERGE && engine.publish().equals(Optional.of(Publish.AT_END))) {
            settings.problem(
                    "publish",
                    "merged rows are shown by each commit, not at the end",
                    "leave it out, or take destination.config.write_mode: append");
        }
    }

    /// Calls a factory. What it throws because of values it has just reported is not told again.
    private <T> Optional<T> make(Supplier<T> factory) {
        try {
            T made = factory.get();
            return Optional.of(made);
        } catch (RuntimeException failed) {
            if (problems.isEmpty()) {
                throw failed;
            }
            return Optional.empty();
        }
    }

    private static Key<?> later(String key, String instead) {
        return Key.refused(key, "is not available in this version yet", instead);
    }
}
