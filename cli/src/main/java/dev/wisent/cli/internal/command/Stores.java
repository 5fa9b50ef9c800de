package dev.wisent.cli.internal.command;

import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.engine.state.SqliteStateStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The state store of a command that may be about all its pipelines: the one that FILE or `--backend-from` names, or
/// `--state-db`, or the working folder's.
final class Stores {
    private static final String BACKEND_FROM = "--backend-from";
    private static final Path STATE = Path.of(".wisent/state.db");

    private Stores() {}

    /// Adds the options that choose the store.
    static CommandSpec choosing(CommandSpec spec) {
        return Options.loading(spec.addOption(Options.stateDb()).addOption(backendFrom()));
    }

    private static OptionSpec backendFrom() {
        return Options.value(BACKEND_FROM, "FILE", "The state store this pipeline names, for all its pipelines.");
    }

    /// Gives `work` the store and the pipeline, closes both. A store that is not there is not made: `none` then.
    ///
    /// @param file the pipeline the command is about; empty for all
    static <T> T look(
            Optional<String> file,
            ParseResult parsed,
            Shell shell,
            T none,
            BiFunction<StateStore, Optional<PipelineSpec>, T> work) {
        Optional<PipelineSpec> spec = file.map(name -> Pipelines.load(name, parsed, shell));
        Optional<PipelineSpec> lender = spec.isPresent()
                ? spec
                : Options.text(parsed, BACKEND_FROM).map(name -> Pipelines.load(name, parsed, shell));
        try {
            Optional<StateStore> found = lender.map(s -> Pipelines.existingStore(s, parsed, shell))
                    .orElseGet(() -> SqliteStateStore.at(shell.folder()
                                    .resolve(Options.path(parsed, Options.STATE_DB)
                                            .orElse(STATE)))
                            .openExisting());
            if (found.isEmpty()) {
                return none;
            }
            try (StateStore store = found.get()) {
                return work.apply(store, spec);
            }
        } finally {
            lender.ifPresent(Pipelines::close);
        }
    }

    /// What stands in place of FILE; empty: nothing does.
    static Optional<String> file(ParseResult parsed) {
        return Optional.of(Options.positional(parsed)).filter(text -> !text.isEmpty());
    }
}
