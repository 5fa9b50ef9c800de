package dev.wisent.cli.internal.command;

import dev.wisent.api.StreamId;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.StateStore;
import dev.wisent.api.state.StateStoreHandle;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineLoader;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.config.PipelineSpec.Backend;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import dev.wisent.cli.internal.config.References;
import dev.wisent.cli.internal.config.SeveralStreams;
import dev.wisent.cli.internal.config.Variables;
import dev.wisent.engine.AskedStreams;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.state.SqliteStateStore;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/// Loads the pipeline a command was given, and opens what it names.
final class Pipelines {
    /// More names make no message better.
    private static final int NAMES_SHOWN = 20;

    private Pipelines() {}

    static PipelineSpec load(ParseResult parsed, Shell shell) {
        return load(parsed, shell, shell.console().talks(), Optional.empty());
    }

    /// @param rows where destinations that show rows to people write them
    /// @param runner what `--runner` says
    static PipelineSpec load(ParseResult parsed, Shell shell, OutputStream rows, Optional<Runner> runner) {
        return load(Options.positional(parsed), parsed, shell, rows, runner);
    }

    /// For what is done to one stream: the pipeline's only one, or the one that `--stream` names.
    static PipelineSpec one(ParseResult parsed, Shell shell) {
        return single(load(parsed, shell));
    }

    /// `spec`, unless it has several streams: that is refused.
    static PipelineSpec single(PipelineSpec spec) {
        spec.several().ifPresent(several -> {
            close(spec);
            throw CommandTree.usage("the pipeline has several streams: " + String.join(", ", several.patterns()))
                    .where(spec.file())
                    .hint("say which: --stream NAME");
        });
        return spec;
    }

    /// The pipeline of each of its streams, read when its turn comes. `spec` itself is closed by this, if it has several.
    static Stream<PipelineSpec> each(PipelineSpec spec) {
        if (spec.several().isEmpty()) {
            return Stream.of(spec);
        }
        SeveralStreams several = spec.several().get();
        List<StreamId> names;
        try {
            names = several.names(spec.source().source()::streams);
        } finally {
            close(spec);
        }
        return names.stream().map(several.each());
    }

    /// One of the streams of a pipeline.
    record One(PipelineSpec spec, Pipeline pipeline) {}

    /// As [#each], for those who ask which streams the source has: it answers once, whichever of them asks. To be closed, for
    /// `spec` is closed by that, if it has several.
    static Stream<One> pipelines(PipelineSpec spec, Path folder) {
        if (spec.several().isEmpty()) {
            return Stream.of(new One(spec, EngineInput.of(spec, folder)));
        }
        SeveralStreams several = spec.several().get();
        AskedStreams known = new AskedStreams(spec.source().source());
        List<StreamId> names;
        try {
            names = several.names(known::all);
        } catch (RuntimeException failed) {
            close(spec);
            throw failed;
        }
        return names.stream()
                .map(several.each())
                .map(one -> new One(one, EngineInput.of(one, folder, known)))
                .onClose(() -> close(spec));
    }

    /// `spec`, or of several streams the one that `--stream` names.
    private static PipelineSpec chosen(PipelineSpec spec, ParseResult parsed) {
        Optional<String> wanted = Options.textIfTaken(parsed, Options.STREAM);
        if (wanted.isEmpty()) {
            return spec;
        }
        List<StreamId> names;
        try {
            names = spec.several()
                    .map(several -> several.names(spec.source().source()::streams))
                    .orElseGet(() -> List.of(spec.source().settings().stream()));
        } catch (RuntimeException failed) {
            close(spec);
            throw failed;
        }
        StreamId stream = new StreamId(wanted.get());
        if (!names.contains(stream)) {
            close(spec);
            throw WisentException.of(ErrorCode.UNKNOWN_STREAM, "the pipeline has no stream '" + stream + "'")
                    .where(spec.file())
                    .hint("it has: "
                            + names.stream()
                                    .limit(NAMES_SHOWN)
                                    .map(StreamId::name)
                                    .collect(Collectors.joining(", "))
                            + (names.size() > NAMES_SHOWN ? " and " + (names.size() - NAMES_SHOWN) + " more" : ""));
        }
        if (spec.several().isEmpty()) {
            return spec;
        }
        close(spec);
        return spec.several().get().each().apply(stream);
    }

    /// A pipeline that stands elsewhere on the command line than usual.
    static PipelineSpec load(String file, ParseResult parsed, Shell shell) {
        return load(file, parsed, shell, shell.console().talks(), Optional.empty());
    }

    private static PipelineSpec load(
            String file, ParseResult parsed, Shell shell, OutputStream rows, Optional<Runner> runner) {
        PipelineSpec spec = loader(parsed, shell, rows).load(shell.folder().resolve(file), file, runner);
        if (Options.text(parsed, Options.LOG_LEVEL).isEmpty()) {
            spec.logLevel().ifPresent(shell.console()::level);
        }
        spec.warnings().forEach(warning -> shell.console().talk(LogLevel.WARNING, "warning: " + warning));
        return chosen(spec, parsed);
    }

    /// The references of the file, resolved.
    static List<References.Found> references(ParseResult parsed, Shell shell) {
        String file = Options.positional(parsed);
        return loader(parsed, shell, shell.console().talks())
                .references(shell.folder().resolve(file), file);
    }

    /// A pipeline that stands in no file.
    static PipelineSpec text(String text, String label, ParseResult parsed, Shell shell) {
        return loader(parsed, shell, shell.console().talks()).load(text, label, shell.folder());
    }

    private static PipelineLoader loader(ParseResult parsed, Shell shell, OutputStream rows) {
        Variables variables = Variables.of(shell.environment(), shell.folder(), Options.path(parsed, Options.ENV_FILE));
        return new PipelineLoader(shell.connectors().get(), variables, rows, shell.console()::hide);
    }

    static StateStore openStore(PipelineSpec spec, ParseResult parsed, Shell shell) {
        return store(spec, parsed, shell).open();
    }

    /// The store, if there is one already: looking at it must not make one.
    static Optional<StateStore> existingStore(PipelineSpec spec, ParseResult parsed, Shell shell) {
        return store(spec, parsed, shell).openExisting();
    }

    /// What the store is, for people; one that is not there yet must be one that can be made.
    static String storeName(PipelineSpec spec, ParseResult parsed, Shell shell) {
        return store(spec, parsed, shell).check();
    }

    /// The store that `--state-db` or the pipeline names.
    static StateStoreHandle store(PipelineSpec spec, ParseResult parsed, Shell shell) {
        return Options.path(parsed, Options.STATE_DB)
                .map(file -> SqliteStateStore.at(shell.folder().resolve(file)))
                .orElseGet(() -> switch (spec.engine().backend()) {
                    case Backend.Sqlite(Path file) ->
                        SqliteStateStore.at(shell.folder().resolve(file));
                    case Backend.InMemory() -> SqliteStateStore.nowhere();
                    case Backend.Plugged(StateStoreHandle handle) -> handle;
                });
    }

    static void close(PipelineSpec spec) {
        spec.transforms().forEach(step -> step.transform().close());
        spec.source().source().close();
        switch (spec.destination().handle()) {
            case DestinationHandle.Transactional t -> t.destination().close();
            case DestinationHandle.Batches b -> b.destination().close();
        }
    }
}
