package dev.wisent.cli.internal.command;

import dev.wisent.api.config.Suggestion;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import dev.wisent.cli.internal.console.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// All commands, and the way from arguments to an exit code.
public final class CommandTree {
    /// Of versions to come: told apart from a slip.
    static final List<String> LATER = List.of("import bizon", "import airbyte", "project", "server", "flink");

    private static final String LISTED = "the help lists the commands there are";
    private static final Set<String> HELP = Set.of("--help", "-h", "help");

    private CommandTree() {}

    /// Runs one command; never throws.
    public static int run(String[] args, Shell shell) {
        Console console = shell.console();
        console.asked(Situation.of(List.of(args)));
        try {
            int code = dispatch(args, shell);
            return console.flush() ? code : ErrorCode.WRITE_FAILED.fault().exitCode();
        } catch (Throwable failure) {
            WisentException error = console.masked(ErrorText.known(failure));
            console.tell(error);
            if (console.tells(LogLevel.DEBUG)) {
                console.talk(ErrorText.trace(failure));
            }
            if (Arrays.asList(args).contains(Options.JSON) && !(failure instanceof Told)) {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                console.result(node.put("version", 1)
                        .set("error", ErrorText.json(error))
                        .toString());
            }
            console.flush();
            return error.code().fault().exitCode();
        }
    }

    private static int dispatch(String[] args, Shell shell) {
        if (args.length == 0 || (args.length == 1 && HELP.contains(args[0]))) {
            shell.console().result(HelpText.ROOT);
            return 0;
        }
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            shell.console().result(HelpText.version());
            return 0;
        }
        ParseResult parsed = parse(args);
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        CommandSpec spec = parsed.commandSpec();
        if (parsed.isUsageHelpRequested()) {
            shell.console()
                    .result(spec.commandLine()
                            .getUsageMessage(CommandLine.Help.Ansi.OFF)
                            .stripTrailing());
            return 0;
        }
        if (spec.userObject() instanceof Command command) {
            try {
                level(parsed, shell.console());
                return command.run(parsed, shell);
            } catch (WisentException wrong) {
                throw ownHelp(wrong, spec);
            }
        }
        throw usage("'" + spec.qualifiedName() + "' needs a command: "
                        + String.join(", ", spec.subcommands().keySet()))
                .next(spec.qualifiedName() + " --help");
    }

    /// A misused command sends to its own help, if it names nothing better.
    private static WisentException ownHelp(WisentException wrong, CommandSpec spec) {
        boolean general = wrong.code() == ErrorCode.USAGE && wrong.next().equals(ErrorCode.USAGE.next());
        return general && !(wrong instanceof Told) ? wrong.next(spec.qualifiedName() + " --help") : wrong;
    }

    private static void level(ParseResult parsed, Console console) {
        if (parsed.commandSpec().optionsMap().containsKey(Options.LOG_LEVEL)) {
            Options.text(parsed, Options.LOG_LEVEL)
                    .ifPresent(text -> console.level(LogLevel.of(text)
                            .orElseThrow(() -> usage("there is no log level '" + text + "'")
                                    .hint("one of trace, debug, info, warning, error, critical"))));
        }
        if (parsed.commandSpec().optionsMap().containsKey(Options.LOG_FORMAT)) {
            Options.text(parsed, Options.LOG_FORMAT).ifPresent(text -> console.format(format(text)));
        }
    }

    private static Console.Format format(String text) {
        return Stream.of(Console.Format.values())
                .filter(format -> format.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () -> usage("there is no log format '" + text + "'").hint("text or json"));
    }

    static CommandLine commandLine() {
        CommandSpec root = CommandSpec.create().name("wisent");
        add(root, new InitCommand());
        add(root, new RunCommand());
        add(root, new CheckCommand());
        add(root, new DiscoverCommand());
        add(root, new PreviewCommand());
        add(root, new PlanCommand());
        add(root, new ValidateCommand());
        add(root, new CopyCommand());
        add(root, new DoctorCommand());
        add(group(root, "source", "What records can come from.", "wisent source list"), new SourceListCommand());
        add(
                group(root, "destination", "Where records can go.", "wisent destination list"),
                new DestinationListCommand());
        CommandSpec stream = group(
                root,
                "stream",
                "The streams of a source.",
                "wisent stream list generator",
                "wisent stream reset pipeline.yml    # read it all again and replace what is there");
        add(stream, new StreamListCommand());
        add(stream, new StreamResetCommand());
        add(root, new RunsCommand());
        add(root, new LogsCommand());
        add(root, new StateCommand());
        CommandSpec rejects = group(
                root,
                "rejects",
                "What could not be processed.",
                "wisent rejects list pipeline.yml --last",
                "wisent rejects replay pipeline.yml    # once the cause is mended");
        add(rejects, new RejectsListCommand());
        add(rejects, new RejectsShowCommand());
        add(rejects, new RejectsReplayCommand());
        add(
                group(
                        root,
                        "import",
                        "Pipelines of other tools as pipeline files.",
                        "wisent import blizzard blizzard.yaml > events.yml"),
                new ImportBlizzardCommand());
        CommandSpec lake = group(
                root,
                "lake",
                "The table of a lake that a pipeline writes.",
                "wisent lake history lake.yml",
                "wisent lake optimize lake.yml    # put small files together",
                "wisent lake vacuum lake.yml      # remove files nobody needs");
        add(lake, new LakeHistoryCommand());
        add(lake, new LakeOptimizeCommand());
        add(lake, new LakeVacuumCommand());
        add(root, new SchemaCommand());
        add(
                group(root, "secrets", "The references of a pipeline file.", "wisent secrets check pipeline.yml"),
                new SecretsCheckCommand());
        add(root, new CompletionCommand());
        // a ${NAME} in a help text is meant as it stands
        return new CommandLine(root).setCaseInsensitiveEnumValuesAllowed(true).setInterpolateVariables(false);
    }

    private static CommandSpec group(CommandSpec parent, String name, String summary, String... examples) {
        CommandSpec group = Options.group(name, summary, examples);
        parent.addSubcommand(name, group);
        return group;
    }

    private static void add(CommandSpec parent, Command command) {
        CommandSpec spec = command.spec();
        parent.addSubcommand(spec.name(), spec);
    }

    private static ParseResult parse(String[] args) {
        try {
            return commandLine().parseArgs(args);
        } catch (UnmatchedArgumentException unmatched) {
            throw unmatched(unmatched);
        } catch (ParameterException wrong) {
            String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
            throw usage(String.valueOf(wrong.getMessage())).next(command + " --help");
        }
    }

    private static WisentException unmatched(UnmatchedArgumentException unmatched) {
        CommandSpec at = unmatched.getCommandLine().getCommandSpec();
        String word = unmatched.getUnmatched().getFirst();
        String help = at.qualifiedName() + " --help";
        if (word.startsWith("-")) {
            List<String> options = new ArrayList<>(at.optionsMap().keySet());
            return usage("'" + at.qualifiedName() + "' has no option " + word)
                    .hint(guess(word, options))
                    .next(help);
        }
        if (at.subcommands().isEmpty()) {
            return usage("'" + at.qualifiedName() + "' takes no further argument '" + word + "'")
                    .next(help);
        }
        String command = (at.qualifiedName() + " " + word).replaceFirst("^wisent ", "");
        if (LATER.contains(command)) {
            return usage("'" + command + "' is not available in this version yet")
                    .hint(LISTED)
                    .next(help);
        }
        return usage("there is no command '" + at.qualifiedName() + " " + word + "'")
                .hint(Optional.of(guess(word, new ArrayList<>(at.subcommands().keySet())))
                        .filter(text -> !text.isEmpty())
                        .orElse(LISTED))
                .next(help);
    }

    private static String guess(String word, List<String> known) {
        return Suggestion.closest(word, known)
                .map(meant -> "did you mean '" + meant + "'?")
                .orElse("");
    }

    static WisentException usage(String what) {
        return WisentException.of(ErrorCode.USAGE, what);
    }

    /// An error whose JSON form the command has printed already.
    static final class Told extends WisentException {
        private static final long serialVersionUID = 1;

        Told(WisentException error) {
            super(
                    error.code(),
                    error.isTransient() ? Retry.TRANSIENT : Retry.PERMANENT,
                    error.what(),
                    error.where(),
                    error.tried(),
                    error.hint(),
                    error.next(),
                    java.util.Optional.ofNullable(error.getCause()));
        }
    }
}
