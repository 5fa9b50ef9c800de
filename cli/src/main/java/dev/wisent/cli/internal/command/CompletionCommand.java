package dev.wisent.cli.internal.command;

import java.util.List;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `completion SHELL`
final class CompletionCommand implements Command {
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

    @Override
    public int run(ParseResult parsed, Shell shell) {
        String name = Options.positional(parsed).toLowerCase(Locale.ROOT);
        String script = switch (name) {
            // the script is for both: in zsh it turns on bash's way of completing
            case "bash", "zsh" -> AutoComplete.bash("wisent", CommandTree.commandLine());
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
