package dev.wisent.cli.internal.command;

import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineLoader;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.config.PipelineSpec.Backend;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import dev.wisent.cli.internal.config.Variables;
import dev.wisent.engine.state.SqliteStateStore;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
        String file = Options.positional(parsed);
        Variables variables = Variables.of(shell.environment(), shell.folder(), Options.path(parsed, Options.ENV_FILE));
        PipelineSpec spec = new PipelineLoader(shell.connectors().get(), variables, rows, shell.console()::hide)
                .load(shell.folder().resolve(file), file, runner);
        if (Options.text(parsed, Options.LOG_LEVEL).isEmpty()) {
            spec.logLevel().ifPresent(shell.console()::level);
        }
        spec.warnings().forEach(warning -> shell.console().talk(LogLevel.WARNING, "warning: " + warning));
        return spec;
    }

    static StateStore openStore(PipelineSpec spec, ParseResult parsed, Shell shell) {
        return storeFile(spec, parsed, shell)
                .<StateStore>map(SqliteStateStore::open)
                .orElseGet(SqliteStateStore::inMemory);
    }

    /// The store, if there is one already: looking at it must not make one.
    static Optional<StateStore> existingStore(PipelineSpec spec, ParseResult parsed, Shell shell) {
        return storeFile(spec, parsed, shell).filter(Files::exists).map(SqliteStateStore::open);
    }

    /// What the store is called, for people; a file that is not there yet must be one that can be made.
    static String storeName(PipelineSpec spec, ParseResult parsed, Shell shell) {
        return storeFile(spec, parsed, shell)
                .map(file -> Files.exists(file)
                        ? "sqlite, " + file
                        : "sqlite, "
                                + Places.writable(
                                        file.resolveSibling("").toAbsolutePath().normalize())
                                + ", made by the first run")
                .orElse("in memory, for this process only");
    }

    private static Optional<Path> storeFile(PipelineSpec spec, ParseResult parsed, Shell shell) {
        return Options.path(parsed, Options.STATE_DB)
                .or(() -> spec.engine().backend() instanceof Backend.Sqlite(Path database)
                        ? Optional.of(database)
                        : Optional.empty())
                .map(shell.folder()::resolve);
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
