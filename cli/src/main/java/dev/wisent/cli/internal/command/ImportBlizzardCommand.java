package dev.wisent.cli.internal.command;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.config.BlizzardImport;
import dev.wisent.cli.internal.config.BlizzardImport.Imported;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `import blizzard FILE`
final class ImportBlizzardCommand implements Command {
    private static final String OUTPUT = "--output";

    @Override
    public CommandSpec spec() {
        return Options.everywhere(Options.command(
                        this,
                        "blizzard",
                        "Writes a configuration of Blizzard as a pipeline file, and names the keys that have no counterpart.",
                        "wisent import blizzard blizzard.yaml > events.yml",
                        "wisent import blizzard blizzard.yaml -o events.yml",
                        "wisent import blizzard many.yaml -o pipelines/    # a file for each pipeline and source")
                .addPositional(Options.positional("FILE", "Blizzard's configuration, of any version."))
                .addOption(OptionSpec.builder("-o", OUTPUT)
                        .paramLabel("FILE")
                        .type(String.class)
                        .description("The file to write, or a folder with / at its end; one that is there is kept.")
                        .build()));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        String file = parsed.matchedPositionalValue(0, "");
        Path from = shell.folder().resolve(file);
        String name = String.valueOf(from.getFileName()).replaceFirst("\\.(ya?ml|json)$", "");
        List<Imported> all = BlizzardImport.of(
                text(from, file), file, name, shell.connectors().get());
        Optional<String> output = Options.text(parsed, OUTPUT);
        if (output.filter(to -> to.endsWith("/")).isEmpty() && all.size() > 1) {
            throw CommandTree.usage(file + " holds " + all.size() + " pipelines, and a file holds one")
                    .hint("-o pipelines/ writes a file for each");
        }
        ObjectNode json = Json.versioned();
        ArrayNode pipelines = json.putArray("pipelines");
        for (Imported pipeline : all) {
            Optional<String> to =
                    output.map(target -> target.endsWith("/") ? target + pipeline.name() + ".yml" : target);
            to.ifPresent(target -> write(shell.folder().resolve(target), target, pipeline.yaml()));
            pipelines.add(json(pipeline, to));
            if (!Options.isJson(parsed)) {
                tell(pipeline, to, shell);
            }
        }
        if (Options.isJson(parsed)) {
            shell.console().result(json.toString());
        }
        return 0;
    }

    private static void tell(Imported pipeline, Optional<String> to, Shell shell) {
        to.ifPresentOrElse(
                target -> shell.console().talk("wrote " + target + "; next: wisent check " + target),
                () -> shell.console().result(pipeline.yaml().stripTrailing()));
        pipeline.dropped()
                .forEach(key -> shell.console()
                        .talk("no counterpart: " + key.path() + " at " + key.place() + ": " + key.why()));
    }

    private static ObjectNode json(Imported pipeline, Optional<String> to) {
        ObjectNode node = Json.object().put("name", pipeline.name()).put("file", to.orElse(null));
        node.put("yaml", pipeline.yaml());
        ArrayNode dropped = node.putArray("no_counterpart");
        pipeline.dropped()
                .forEach(key -> dropped.addObject()
                        .put("path", key.path())
                        .put("place", key.place())
                        .put("why", key.why()));
        return node;
    }

    private static String text(Path file, String label) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            boolean there = Files.exists(file);
            throw WisentException.of(
                            ErrorCode.CONFIG_FILE,
                            there ? label + " can't be read as UTF-8 text" : "there is no file " + label)
                    .where(file.toAbsolutePath().toString())
                    .hint(
                            there
                                    ? "is it a file of UTF-8 text, and may you read it?"
                                    : "the path is relative to the working folder")
                    .next("wisent import blizzard --help")
                    .causedBy(unreadable);
        }
    }

    private static void write(Path file, String label, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw CommandTree.usage(label + " is there already").hint("give another name with -o");
        } catch (IOException failed) {
            throw WisentException.of(ErrorCode.WRITE_FAILED, label + " can't be written: " + failed.getMessage())
                    .where(file.toString())
                    .causedBy(failed);
        }
    }
}
