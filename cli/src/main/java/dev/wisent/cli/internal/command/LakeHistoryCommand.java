package dev.wisent.cli.internal.command;

import dev.wisent.api.lake.TableVersion;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Table;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `lake history FILE`
final class LakeHistoryCommand implements Command {
    private static final int DEFAULT_LAST = 20;
    private static final int MOST_LAST = 1_000_000;

    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "history",
                        "The newest versions of the table a pipeline writes, whoever made them.",
                        "wisent lake history lake.yml",
                        "wisent lake history lake.yml --last 5 --json | jq .versions[0].rows_added")
                .addOption(Options.value(Options.LAST, "N", "How many; 20 without it.")));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        int last = Options.text(parsed, Options.LAST)
                .map(text -> Options.number(Options.LAST, text, MOST_LAST))
                .orElse(DEFAULT_LAST);
        List<TableVersion> versions = LakeTables.with(parsed, shell, table -> table.history(last));
        if (Options.isJson(parsed)) {
            shell.console().result(json(versions).toString());
        } else {
            table(versions).lines().forEach(shell.console()::result);
        }
        return 0;
    }

    private static Table table(List<TableVersion> versions) {
        Table table = new Table("VERSION", "AT", "OPERATION", "FILES", "ROWS", "SIZE", "BY");
        versions.forEach(version -> table.row(
                String.valueOf(version.version()),
                version.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                version.operation(),
                "+" + version.filesAdded() + " -" + version.filesRemoved(),
                version.rowsAdded().map(rows -> "+" + Amounts.count(rows)).orElse("?"),
                "+" + Amounts.bytes(version.bytesAdded()),
                version.by().orElse("-")));
        return table;
    }

    private static ObjectNode json(List<TableVersion> versions) {
        ObjectNode node = Json.versioned();
        ArrayNode list = node.putArray("versions");
        versions.forEach(version -> {
            ObjectNode entry = list.addObject()
                    .put("version", version.version())
                    .put("at", version.at().toString())
                    .put("operation", version.operation())
                    .put("files_added", version.filesAdded())
                    .put("files_removed", version.filesRemoved())
                    .put("bytes_added", version.bytesAdded());
            version.rowsAdded().ifPresent(rows -> entry.put("rows_added", rows));
            version.by().ifPresent(by -> entry.put("by", by));
        });
        return node;
    }
}
