package dev.wisent.cli.internal.command;

import dev.wisent.cli.internal.console.Amounts;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The options several commands share.
final class Options {
    static final String JSON = "--json";
    static final String ENV_FILE = "--env-file";
    static final String STATE_DB = "--state-db";
    static final String LOG_LEVEL = "--log-level";
    static final List<String> LEVELS = List.of("trace", "debug", "info", "warning", "error", "critical");
    static final String LOG_FORMAT = "--log-format";
    static final String STREAM = "--stream";
    static final String LAST = "--last";

    /// A hundred years and a bit.
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(4_000_000_000L);
    private static final int NANO_DIGITS = 9;

    private Options() {}

    /// @param examples whole command lines, each with a comment behind `#`
    static CommandSpec command(Command command, String name, String summary, String... examples) {
        return shown(documented(CommandSpec.wrapWithoutInspection(command), name, summary), examples);
    }

    private static CommandSpec shown(CommandSpec spec, String... examples) {
        spec.usageMessage()
                .footerHeading("%nExamples%n")
                .footer(Stream.of(examples).flatMap(Options::example).toArray(String[]::new));
        return spec;
    }

    /// A word that only stands before others: `rejects`.
    static CommandSpec group(String name, String summary, String... examples) {
        return shown(documented(CommandSpec.create(), name, summary), examples);
    }

    /// The command, and what it is for on a line of its own: both fit a narrow terminal.
    private static Stream<String> example(String line) {
        String[] parts = line.replace("%", "%%").split("\\s+# ", 2);
        return Stream.of("  " + parts[0], parts.length == 1 ? "" : "      " + parts[1])
                .filter(text -> !text.isEmpty());
    }

    /// Adds what every command has that loads a pipeline: `FILE` and the options for reading it.
    static CommandSpec onPipeline(CommandSpec spec) {
        return loading(spec.addPositional(pipelineFile()).addOption(stream()));
    }

    static OptionSpec stream() {
        return value(STREAM, "NAME", "Only this stream, where the pipeline has several.");
    }

    /// The same without `FILE`, for commands that can do without.
    static CommandSpec loading(CommandSpec spec) {
        return talking(spec.addOption(envFile()));
    }

    /// What commands have that read no pipeline. `--env-file` is taken by them too, so that a script can give the same
    /// options to every command; they need no variables, so their help leaves it out.
    static CommandSpec everywhere(CommandSpec spec) {
        return talking(spec.addOption(OptionSpec.builder(envFile()).hidden(true).build()));
    }

    private static CommandSpec talking(CommandSpec spec) {
        return talking(spec, "Print the result as one JSON object.");
    }

    private static CommandSpec talking(CommandSpec spec, String json) {
        return spec.addOption(logLevel())
                .addOption(choice(
                        LOG_FORMAT,
                        "FORMAT",
                        "text, or json: an object a line on stderr, for programs.",
                        List.of("text", "json")))
                .addOption(flag(JSON, json));
    }

    /// What a command has that loads a pipeline, and whose JSON is an object for each line of its text.
    static CommandSpec telling(CommandSpec spec, String json) {
        return talking(spec.addOption(envFile()), json);
    }

    static PositionalParamSpec optionalFile(String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .paramLabel("FILE")
                .type(String.class)
                .arity("0..1")
                .description(description)
                .build();
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    static CommandSpec documented(CommandSpec spec, String name, String summary) {
        spec.name(name).usageMessage().description(summary);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        return spec;
    }

    static PositionalParamSpec pipelineFile() {
        return positional("FILE", "The pipeline file, YAML or JSON.");
    }

    static PositionalParamSpec positional(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .paramLabel(label)
                .type(String.class)
                .required(true)
                .description(description)
                .build();
    }

    static OptionSpec envFile() {
        return value(ENV_FILE, "FILE", "Look variables up here too, before .env in the working folder.");
    }

    static OptionSpec stateDb() {
        return value(STATE_DB, "FILE", "The state store, instead of the one the pipeline names.");
    }

    static OptionSpec logLevel() {
        return choice(LOG_LEVEL, "LEVEL", "trace, debug, info, warning, error or critical.", LEVELS);
    }

    static OptionSpec value(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    /// The same for one of `values`, which shells complete.
    static OptionSpec choice(String name, String label, String description, List<String> values) {
        return OptionSpec.builder(value(name, label, description))
                .completionCandidates(values)
                .build();
    }

    /// A number of at least 1.
    static int number(String option, String text, int most) {
        try {
            int n = Integer.parseInt(text);
            if (n > 0 && n <= most) {
                return n;
            }
        } catch (NumberFormatException noNumber) {
            throw CommandTree.usage(option + " needs a number, not '" + text + "'");
        }
        throw CommandTree.usage(option + " needs a number from 1 to " + Amounts.count(most));
    }

    /// A length of time above zero, as `engine.until_idle` takes it.
    static Duration seconds(String option, String text) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() > 0 && seconds.compareTo(MOST_SECONDS) <= 0) {
                return Duration.ofNanos(seconds.movePointRight(NANO_DIGITS).longValue());
            }
        } catch (NumberFormatException noNumber) {
            throw CommandTree.usage(option + " needs a number of seconds, not '" + text + "'");
        }
        throw CommandTree.usage(option + " needs a number of seconds above 0, not '" + text + "'");
    }

    static boolean isJson(ParseResult parsed) {
        return parsed.hasMatchedOption(JSON);
    }

    static String positional(ParseResult parsed) {
        return parsed.matchedPositionalValue(0, "");
    }

    static Optional<String> text(ParseResult parsed, String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, (String) null));
    }

    /// The same for an option that not every command has.
    static Optional<String> textIfTaken(ParseResult parsed, String option) {
        return parsed.commandSpec().optionsMap().containsKey(option) ? text(parsed, option) : Optional.empty();
    }

    static Optional<Path> path(ParseResult parsed, String option) {
        return text(parsed, option).map(Path::of);
    }
}
