package dev.wisent.cli.internal.command;

import dev.wisent.api.RejectFile;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.engine.reject.KeptReject;
import dev.wisent.engine.reject.KeptRejects;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.ParseResult;

/// The rejects that commits of a pipeline's stream name.
record NamedRejects(ProgressView view, KeptRejects files, Shell shell) {
    /// @param isReplayed whether it was run again since
    record Named(KeptReject kept, boolean isReplayed) {}

    /// Reads progress, and closes the pipeline's source and destination.
    static NamedRejects of(PipelineSpec spec, ParseResult parsed, Shell shell) {
        ProgressView view = ProgressReading.of(spec, parsed, shell).view();
        return new NamedRejects(
                view, new KeptRejects(shell.folder(), spec.errors().rejects()), shell);
    }

    /// All of them, those of the live content first.
    void each(Consumer<Named> rejects) {
        each(view.live(), rejects);
        view.open().ifPresent(open -> each(open.content(), rejects));
    }

    private void each(GenerationView content, Consumer<Named> rejects) {
        for (RejectFile file : content.rejects()) {
            Optional<Path> path = files.find(file);
            if (path.isEmpty()) {
                shell.console()
                        .talk(
                                LogLevel.WARNING,
                                "warning: " + shell.folder().resolve(file.path())
                                        + ", which a commit names, is gone: "
                                        + Amounts.count(file.count(), "reject") + " can't be shown");
            }
            path.ifPresent(there -> files.read(
                    there, reject -> rejects.accept(new Named(reject, KeptRejects.isReplayed(content, file, reject)))));
        }
    }
}
