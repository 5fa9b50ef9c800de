package dev.wisent.cli.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The completions of fish: a line for each command and option, each with the condition under which it applies.
final class FishCompletion {
    private FishCompletion() {}

    static String script(CommandLine root) {
        StringBuilder script = new StringBuilder("""
                # Completions of wisent for fish.
                function __wisent_at
                    set -l words (commandline -opc)
                    set -l found
                    for word in $words[2..-1]
                        string match -q -- '-*' $word; or set -a found $word
                    end
                    set -l path (string split -n ' ' -- $argv[1])
                    for i in (seq (count $path))
                        test "$found[$i]" = "$path[$i]"; or return 1
                    end
                    if test "$argv[2]" = exactly
                        test (count $found) -eq (count $path)
                    end
                end
                """);
        add(root.getCommandSpec(), List.of(), script);
        return script.toString();
    }

    private static void add(CommandSpec spec, List<String> path, StringBuilder script) {
        String at = String.join(" ", path);
        spec.subcommands().forEach((name, sub) -> {
            script.append("complete -c wisent -f -n '__wisent_at \"" + at + "\" exactly' -a " + name + " -d "
                    + quoted(summary(sub.getCommandSpec())) + "\n");
            List<String> below = new ArrayList<>(path);
            below.add(name);
            add(sub.getCommandSpec(), below, script);
        });
        if (spec.subcommands().isEmpty()) {
            spec.options().forEach(option -> script.append(option(option, at)));
            spec.positionalParameters().stream()
                    .filter(positional -> positional.completionCandidates() != null)
                    .forEach(positional -> script.append("complete -c wisent -n '__wisent_at \"" + at + "\"'")
                            .append(values(positional))
                            .append('\n'));
        }
    }

    private static String option(OptionSpec option, String at) {
        String names = Stream.of(option.names())
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
        return "complete -c wisent -n '__wisent_at \"" + at + "\"' " + names
                + (option.arity().max() == 0 ? "" : values(option))
                + " -d " + quoted(String.join(" ", option.description())) + "\n";
    }

    /// What a shell offers behind an option: its values, else files.
    private static String values(ArgSpec of) {
        return of.completionCandidates() == null
                ? " -r"
                : " -x -a " + quoted(String.join(" ", of.completionCandidates()));
    }

    private static String summary(CommandSpec spec) {
        String text = String.join(" ", spec.usageMessage().description());
        int end = text.indexOf(':');
        return end > 0 ? text.substring(0, end) : text;
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
