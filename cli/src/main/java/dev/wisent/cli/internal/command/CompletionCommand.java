package dev.wisent.cli.internal.command;

import java.util.List;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `completion SHELL`
final class CompletionCommand implements Command {
    private static final String NO_FILES = "  type compopt &>/dev/null && compopt +o default\n";

    @Override
    public CommandSpec spec() {
        return Options.everywhere(Options.command(
                        this,
                        "completion",
                        "Prints a script that lets a shell complete commands, options and files.",
                        "wisent completion bash > ~/.local/share/bash-completion/completions/wisent",
                        "wisent completion zsh > ~/.wisent-completion.zsh    # and 'source' it in ~/.zshrc",
                        "wisent completion fish > ~/.config/fish/completions/wisent.fish")
                .addPositional(PositionalParamSpec.builder(Options.positional("SHELL", "bash, zsh or fish."))
                        .completionCandidates(List.of("bash", "zsh", "fish"))
                        .build()));
    }

    /// For both shells: in zsh it turns on bash's way of completing. Where nothing else is offered, files are, which picocli
    /// leaves only to parameters of its own type for them.
    private static String bash() {
        return AutoComplete.bash("wisent", CommandTree.commandLine()).replace(NO_FILES, "");
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        String name = Options.positional(parsed).toLowerCase(Locale.ROOT);
        String script = switch (name) {
            case "bash", "zsh" -> bash();
            case "fish" -> FishCompletion.script(CommandTree.commandLine());
            default ->
                throw CommandTree.usage("there is no completion for '" + name + "'")
                        .hint("bash, zsh or fish")
                        .next("wisent completion --help");
        };
        shell.console()
                .result(
                        Options.isJson(parsed)
                                ? Json.versioned()
                                        .put("shell", name)
                                        .put("script", script)
                                        .toString()
                                : script.stripTrailing());
        return 0;
    }
}
