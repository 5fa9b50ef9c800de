package dev.wisent.cli.internal.config;

import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.FakeConnectors;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Loads pipelines from text, under the name `p.yml`.
final class Loading {
    static final Map<String, String> VARIABLES = Map.of(
            "TOKEN", "hunter2-hunter2",
            "COUNT", "7",
            "EMPTY", "",
            "BIZON_ENV_FULL", "from-full-name",
            "SHORT", "from-short-name");

    private Loading() {}

    static PipelineSpec load(String text) {
        return load(text, VARIABLES);
    }

    static PipelineSpec load(String text, Map<String, String> variables) {
        return load("p.yml", text, variables);
    }

    static PipelineSpec load(String label, String text, Map<String, String> variables) {
        return loader(FakeConnectors.all(), variables).parse(text, label, Optional.empty());
    }

    static PipelineLoader loader(Connectors connectors, Map<String, String> variables) {
        return new PipelineLoader(
                connectors,
                Variables.of(variables, Path.of("no-such-folder"), Optional.empty()),
                OutputStream.nullOutputStream(),
                secrets -> {});
    }

    /// What a user is told; `loaded` when nothing is wrong.
    static String told(String label, String text, Map<String, String> variables) {
        try {
            load(label, text, variables);
            return "loaded";
        } catch (WisentException error) {
            return ErrorText.lines(error, Console.Mode.PLAIN);
        }
    }
}
