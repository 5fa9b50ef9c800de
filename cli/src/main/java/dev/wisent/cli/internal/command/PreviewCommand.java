package dev.wisent.cli.internal.command;

import dev.wisent.api.Reject;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.Grid;
import dev.wisent.columnar.Field;
import dev.wisent.engine.Preview;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `preview FILE`
final class PreviewCommand implements Command {
    private static final String ROWS = "-n";
    private static final int DEFAULT_ROWS = 10;
    private static final int MOST_ROWS = 10_000;

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "preview",
                        "The first rows as they would be written, and their types. Nothing is written, nothing is claimed.",
                        "wisent preview examples/csv-to-ndjson.yml          # a table on a terminal, NDJSON in a pipe",
                        "wisent preview examples/quickstart.yml -n 3        # three rows",
                        "wisent preview examples/quickstart.yml | jq .id    # rows alone on stdout",
                        "wisent preview examples/quickstart.yml --json      # one object: columns, rows, rejects")
                .addOption(Options.value(ROWS, "N", "How many rows; 10 without it.")));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        int rows = Options.text(parsed, ROWS)
                .map(text -> Options.number(ROWS, text, MOST_ROWS))
                .orElse(DEFAULT_ROWS);
        PipelineSpec spec = Pipelines.one(parsed, shell);
        Preview.Result result;
        try {
            result = Preview.of(EngineInput.of(spec, shell.folder()), rows);
        } finally {
            Pipelines.close(spec);
        }
        Console console = shell.console();
        if (Options.isJson(parsed)) {
            console.result(json(spec, result, console).toString());
            return 0;
        }
        if (console.results() == Console.Results.TERMINAL) {
            table(result, console);
        } else {
            result.samples().values().forEach(sample -> sample.rows().forEach(console::result));
        }
        result.warnings().forEach(warning -> console.talk(LogLevel.WARNING, "warning: " + warning));
        if (result.samples().isEmpty() && result.rejects().isEmpty()) {
            console.talk("No rows.");
        }
        result.rejects().forEach(reject -> reject(reject, console));
        return 0;
    }

    private void table(Preview.Result result, Console console) {
        result.samples().forEach((target, sample) -> {
            List<Field> fields = sample.schema().fields();
            if (result.samples().size() > 1) {
                console.result("target " + target);
            }
            Grid grid = new Grid(
                    fields.stream().map(Field::name).toList(),
                    fields.stream()
                            .map(field -> field.type().text() + (field.isNullable() ? "" : "!"))
                            .toList());
            for (String row : sample.rows()) {
                JsonNode values = mapper.readTree(row);
                List<String> cells = new ArrayList<>();
                fields.forEach(field -> cells.add(cell(values.path(field.name()))));
                grid.row(cells);
            }
            grid.lines(console.width()).forEach(console::result);
        });
    }

    private static String cell(JsonNode value) {
        if (value.isMissingNode()) {
            return "";
        }
        return value.isString() ? value.asString() : value.toString();
    }

    private static void reject(Reject reject, Console console) {
        console.talk("reject: " + reject.code() + "  " + reject.message());
        console.talk("  where:  " + RejectText.place(reject.where(), reject.line(), reject.byteOffset()));
        String raw = RejectText.printable(new String(reject.raw(), StandardCharsets.UTF_8));
        if (!raw.isEmpty()) {
            console.talk("  raw:    " + raw);
        }
    }

    private ObjectNode json(PipelineSpec spec, Preview.Result result, Console console) {
        ObjectNode node = Json.versioned().put("pipeline", spec.name());
        ArrayNode targets = node.putArray("targets");
        result.samples().forEach((target, sample) -> {
            ObjectNode entry = targets.addObject().put("target", target.name());
            entry.set("columns", Columns.json(sample.schema(), console));
            ArrayNode rows = entry.putArray("rows");
            sample.rows().forEach(row -> rows.add(mapper.readTree(row)));
        });
        ArrayNode rejects = node.putArray("rejects");
        result.rejects().forEach(reject -> {
            ObjectNode entry = rejects.addObject()
                    .put("code", reject.code())
                    .put("message", console.masked(reject.message()))
                    .put("where", console.masked(reject.where()))
                    .put("stage", reject.stage().name().toLowerCase(Locale.ROOT));
            reject.line().ifPresent(line -> entry.put("line", line));
            reject.byteOffset().ifPresent(offset -> entry.put("byte_offset", offset));
            entry.put("raw_base64", Base64.getEncoder().encodeToString(reject.raw()));
        });
        node.set(
                "warnings",
                Json.array(result.warnings().stream().map(console::masked).toList()));
        return node;
    }
}
