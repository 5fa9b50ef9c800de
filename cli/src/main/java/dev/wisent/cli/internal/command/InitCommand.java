package dev.wisent.cli.internal.command;

import dev.wisent.api.config.Suggestion;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.config.PipelineDraft;
import dev.wisent.cli.internal.config.PipelineDraft.Question;
import dev.wisent.cli.internal.config.PipelineLoader;
import dev.wisent.cli.internal.config.PipelineSchema;
import dev.wisent.cli.internal.config.Variables;
import dev.wisent.engine.plugin.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `init`: an interview on a terminal, or `--from` and `--to`.
final class InitCommand implements Command {
    private static final String FROM = "--from";
    private static final String TO = "--to";
    private static final String NAME = "--name";
    private static final String OUTPUT = "--output";
    private static final String SET = "--set";
    private static final String SCHEMA = ".wisent/wisent.schema.json";

    private final Supplier<Optional<BufferedReader>> person;

    InitCommand() {
        this(InitCommand::terminal);
    }

    /// @param person who answers questions, if somebody does
    InitCommand(Supplier<Optional<BufferedReader>> person) {
        this.person = person;
    }

    @Override
    public CommandSpec spec() {
        return Options.everywhere(Options.command(
                        this,
                        "init",
                        "Writes a pipeline file to begin with, and checks it. Asks on a terminal; with --from and --to it asks nothing.",
                        "wisent init    # asks",
                        "wisent init orders.yml --from generator --to file",
                        "wisent init --from files --to file --set source.path='in/*.csv'    # --set: any key",
                        "wisent init --from dummy --to logger --name plants --set stream=plants")
                .addPositional(Options.optionalFile("The file to write; default: NAME.yml. One that is there is kept."))
                .addOption(Options.value(FROM, "SOURCE", "A name of 'wisent source list'."))
                .addOption(Options.value(TO, "DESTINATION", "A name of 'wisent destination list'."))
                .addOption(Options.value(
                        NAME, "NAME", "What the pipeline is called; default: as FILE, else <source>-to-<destination>."))
                .addOption(Options.value(OUTPUT, "FILE", "The same as FILE."))
                .addOption(OptionSpec.builder(SET)
                        .paramLabel("KEY=VALUE")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("A key of the source or of the destination's config; again for each.")
                        .build()));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        Connectors connectors = shell.connectors().get();
        boolean asks = !parsed.hasMatchedOption(FROM) && !parsed.hasMatchedOption(TO);
        Optional<BufferedReader> somebody = asks ? person.get() : Optional.empty();
        if (somebody.isEmpty() && !(parsed.hasMatchedOption(FROM) && parsed.hasMatchedOption(TO))) {
            throw CommandTree.usage("'wisent init' needs --from and --to, or a terminal to ask on")
                    .hint("wisent init --from generator --to file");
        }
        Interview interview = new Interview(shell, somebody, settings(parsed));
        String from = Options.text(parsed, FROM)
                .orElseGet(() -> interview.to(
                        new Question(
                                "",
                                "source",
                                "where records come from",
                                connectors.catalog().names(Kind.SOURCE)),
                        Optional.of("generator")));
        SourceFactory source = connectors
                .source(from)
                .orElseThrow(() -> unknown("source", from, connectors.catalog().names(Kind.SOURCE)));
        String to = Options.text(parsed, TO)
                .orElseGet(() -> interview.to(
                        new Question(
                                "",
                                "destination",
                                "where they go",
                                connectors.catalog().names(Kind.DESTINATION)),
                        Optional.of("file")));
        DestinationFactory destination = connectors
                .destination(to)
                .orElseThrow(
                        () -> unknown("destination", to, connectors.catalog().names(Kind.DESTINATION)));
        Optional<String> wanted = output(parsed);
        String name = Options.text(parsed, NAME)
                .orElseGet(() -> interview.to(
                        new Question("", "name", "what the pipeline is called", List.of()),
                        Optional.of(wanted.map(InitCommand::nameOf).orElse(from + "-to-" + to))));
        String output = wanted.orElseGet(() -> interview.to(
                new Question("", "file", "the file to write", List.of()),
                Optional.of(name.replaceAll("[^A-Za-z0-9._-]+", "-") + ".yml")));
        Path file = shell.folder().resolve(output);
        if (Files.exists(file)) {
            throw kept(output);
        }
        String next = CheckCommand.runs(output);
        String text = PipelineDraft.of(name, SCHEMA, next, source, destination, interview);
        interview.done();
        loads(text, output, connectors, shell);
        write(file, text, connectors, output);
        return told(parsed, shell, output, next);
    }

    private static String nameOf(String file) {
        return String.valueOf(Path.of(file).getFileName()).replaceFirst("\\.ya?ml$", "");
    }

    private static Optional<String> output(ParseResult parsed) {
        Optional<String> option = Options.text(parsed, OUTPUT);
        if (!parsed.hasMatchedPositional(0)) {
            return option;
        }
        if (option.isPresent()) {
            throw CommandTree.usage("the file to write is named twice");
        }
        return Optional.of(Options.positional(parsed));
    }

    private static int told(ParseResult parsed, Shell shell, String output, String next) {
        if (Options.isJson(parsed)) {
            shell.console()
                    .result(Json.versioned()
                            .put("file", output)
                            .put("next", next)
                            .toString());
            return 0;
        }
        shell.console().result("written: " + output);
        int code = CommandTree.run(new String[] {"check", output}, shell);
        if (code != 0) {
            shell.console().result("next: mend " + output + ", then wisent check " + output);
        }
        return code;
    }

    /// What the answers make of the file is told before there is one.
    private static void loads(String text, String output, Connectors connectors, Shell shell) {
        Variables variables = Variables.of(shell.environment(), shell.folder(), Optional.empty());
        Pipelines.close(
                new PipelineLoader(connectors, variables, shell.console().talks(), shell.console()::hide)
                        .load(text, output, shell.folder()));
    }

    private static void write(Path file, String text, Connectors connectors, String output) {
        try {
            Path schema = file.toAbsolutePath().resolveSibling(SCHEMA);
            Files.createDirectories(schema.resolveSibling(""));
            Files.writeString(schema, PipelineSchema.of(connectors).toPrettyString() + "\n");
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw kept(output);
        } catch (IOException unwritable) {
            throw WisentException.of(ErrorCode.CONFIG_FILE, output + " can't be written")
                    .where(file.toAbsolutePath().toString())
                    .hint("may you write in that folder, and is it there?")
                    .causedBy(unwritable);
        }
    }

    private static WisentException kept(String output) {
        return WisentException.of(ErrorCode.CONFIG_FILE, "there is a file " + output + " already, and it is kept")
                .where(output)
                .hint("give another name, or remove the file")
                .next("wisent check " + output);
    }

    private static WisentException unknown(String kind, String name, List<String> names) {
        return CommandTree.usage("there is no " + kind + " '" + name + "'")
                .hint(Suggestion.closest(name, names)
                        .map(meant -> "did you mean '" + meant + "'?")
                        .orElse("there are: " + String.join(", ", names)))
                .next("wisent " + kind + " list");
    }

    private static Map<String, String> settings(ParseResult parsed) {
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> written = parsed.matchedOptionValue(SET, List.of());
        for (String setting : written) {
            int split = setting.indexOf('=');
            if (split < 1) {
                throw CommandTree.usage(SET + " needs KEY=VALUE, not '" + setting + "'");
            }
            settings.put(setting.substring(0, split), setting.substring(split + 1));
        }
        return settings;
    }

    private static Optional<BufferedReader> terminal() {
        java.io.Console console = System.console();
        return console == null || !console.isTerminal()
                ? Optional.empty()
                : Optional.of(new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
    }
}
