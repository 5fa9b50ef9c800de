package dev.wisent.cli.internal.command;

import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.state.StateStore;
import dev.wisent.api.state.StateStoreHandle;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineLoader;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.config.PipelineSpec.Backend;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import dev.wisent.cli.internal.config.References;
import dev.wisent.cli.internal.config.Variables;
import dev.wisent.engine.state.SqliteStateStore;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// Loads the pipeline a command was given, and opens what it names.
final class Pipelines {
    private Pipelines() {}

    static PipelineSpec load(ParseResult parsed, Shell shell) {
        return load(parsed, shell, shell.console().talks(), Optional.empty());
    }

    /// @param rows where destinations that show rows to people write them
    /// @param runner what `--runner` says
    static PipelineSpec load(ParseResult parsed, Shell shell, OutputStream rows, Optional<Runner> runner) {
        return load(Options.positional(parsed), parsed, shell, rows, runner);
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
        return spec;
    }

    /// The references of the file, resolved.
    static List<References.Found> references(ParseResult parsed, Shell shell) {
        String file = Options.positional(parsed);
        return loader(parsed, shell, shell.console().talks())
                .references(shell.folder().resolve(file), file);
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
