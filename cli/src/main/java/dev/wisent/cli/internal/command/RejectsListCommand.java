package dev.wisent.cli.internal.command;

import dev.wisent.api.LaneId;
import dev.wisent.api.RejectFile;
import dev.wisent.api.commit.LaneView;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `rejects list FILE`: what the commits name. Files no commit names are of attempts that did not count (R8).
final class RejectsListCommand implements Command {
    private static final int RAW_SHOWN = 120;

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public CommandSpec spec() {
        return Options.command(
                        this,
                        "list",
                        "The records and inputs that could not be processed: where they stood, why, and their first bytes.")
                .addPositional(Options.pipelineFile())
                .addOption(OptionSpec.builder(Options.LAST)
                        .type(boolean.class)
                        .description("Only those of the last run.")
                        .build())
                .addOption(Options.stateDb())
                .addOption(Options.envFile())
                .addOption(Options.json());
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        PipelineSpec spec = Pipelines.load(parsed, shell);
        ProgressView view = ProgressReading.of(spec, parsed, shell).view();
        Optional<String> run = parsed.hasMatchedOption(Options.LAST) ? lastRun(view) : Optional.empty();
        list(files(view), run, parsed, shell);
        return 0;
    }

    private void list(List<RejectFile> files, Optional<String> run, ParseResult parsed, Shell shell) {
        Console console = shell.console();
        if (Options.isJson(parsed)) {
            ObjectNode node = Json.versioned();
            ArrayNode list = node.putArray("rejects");
            files.forEach(file -> read(file, run, shell, list::add));
            console.result(node.toString());
            return;
        }
        long[] shown = new long[1];
        files.forEach(file -> read(file, run, shell, reject -> {
            shown[0]++;
            text(reject, console);
        }));
        console.talk(LogLevel.INFO, shown[0] == 0 ? "No rejects." : Amounts.count(shown[0], "reject") + ".");
    }

    private static Optional<String> lastRun(ProgressView view) {
        LaneView lane = view.lane(LaneId.FIRST);
        return lane.claimant().map(by -> by.run().value());
    }

    private static List<RejectFile> files(ProgressView view) {
        List<RejectFile> files = new ArrayList<>(view.live().rejects());
        view.open().ifPresent(open -> files.addAll(open.content().rejects()));
        return files;
    }

    private void read(RejectFile file, Optional<String> run, Shell shell, Consumer<JsonNode> rejects) {
        Path path = shell.folder().resolve(file.path());
        if (!Files.exists(path)) {
            shell.console()
                    .talk(
                            LogLevel.WARNING,
                            "warning: " + path + ", which a commit names, is gone: "
                                    + Amounts.count(file.count(), "reject") + " can't be shown");
            return;
        }
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                JsonNode reject = json.readTree(line);
                if (run.isEmpty() || run.get().equals(text(reject, "run"))) {
                    rejects.accept(reject);
                }
            }
        } catch (IOException | JacksonException damaged) {
            throw WisentException.of(ErrorCode.BAD_FILE, "this file of rejects can't be read")
                    .where(path + (number == 0 ? "" : ", line " + number))
                    .causedBy(damaged);
        }
    }

    private static void text(JsonNode reject, Console console) {
        console.result(text(reject, "code") + "  " + text(reject, "message"));
        String line = reject.has("line")
                ? ", line " + Amounts.count(reject.path("line").asLong())
                : "";
        String offset = reject.has("byte_offset")
                ? ", byte " + Amounts.count(reject.path("byte_offset").asLong())
                : "";
        console.result("  where:  " + text(reject, "where") + line + offset);
        console.result(
                "  run:    " + text(reject, "run") + ", " + text(reject, "at") + ", while: " + text(reject, "stage"));
        String raw = raw(text(reject, "raw_base64"));
        if (!raw.isEmpty()) {
            console.result("  raw:    " + raw);
        }
    }

    /// The first characters of the record; what is not printable becomes a dot.
    private static String raw(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
        String text = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
        String cut = text.length() > RAW_SHOWN ? text.substring(0, RAW_SHOWN) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", ".");
    }

    private static String text(JsonNode reject, String key) {
        return reject.path(key).asString("");
    }
}
