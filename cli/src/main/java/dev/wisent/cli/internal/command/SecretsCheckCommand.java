package dev.wisent.cli.internal.command;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.cli.internal.config.References.Found;
import dev.wisent.cli.internal.config.References.Outcome.State;
import dev.wisent.cli.internal.console.Table;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `secrets check FILE`: shows no value (R14), and looks at nothing but references.
final class SecretsCheckCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                this,
                "check",
                "Lists each reference of a pipeline file (${NAME}, env://NAME …), where it stands, and whether it resolves; never a value.",
                "wisent secrets check pipeline.yml",
                "wisent secrets check pipeline.yml --env-file prod.env    # with the variables of a file",
                "wisent secrets check pipeline.yml --json | jq .references"));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        List<Found> references = Pipelines.references(parsed, shell);
        if (Options.isJson(parsed)) {
            shell.console().result(json(Options.positional(parsed), references).toString());
        } else if (references.isEmpty()) {
            shell.console().result("there are no references in " + Options.positional(parsed));
        } else {
            Table table = new Table("KEY", "REFERENCE", "RESULT", "WHERE");
            references.forEach(found -> table.row(
                    found.path(), found.written(), result(found), found.place().toString()));
            table.lines().forEach(shell.console()::result);
        }
        return references.stream().allMatch(SecretsCheckCommand::resolves)
                ? 0
                : ErrorCode.CONFIG_INVALID.fault().exitCode();
    }

    private static boolean resolves(Found found) {
        return found.outcome().state() != State.UNRESOLVED;
    }

    private static String result(Found found) {
        return switch (found.outcome().state()) {
            case RESOLVED -> "ok";
            case DEFAULT -> "ok, its default";
            case UNRESOLVED -> found.outcome().detail();
        };
    }

    private static ObjectNode json(String file, List<Found> references) {
        ObjectNode node = Json.versioned()
                .put("file", file)
                .put("ok", references.stream().allMatch(SecretsCheckCommand::resolves));
        ArrayNode all = node.putArray("references");
        references.forEach(found -> all.addObject()
                .put("path", found.path())
                .put("reference", found.written())
                .put("where", found.place().toString())
                .put("ok", resolves(found))
                .put("state", found.outcome().state().name().toLowerCase(Locale.ROOT))
                .put("detail", found.outcome().detail()));
        return node;
    }
}
