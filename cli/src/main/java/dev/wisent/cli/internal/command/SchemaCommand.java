package dev.wisent.cli.internal.command;

import dev.wisent.cli.internal.config.PipelineSchema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ObjectNode;

/// `schema`
final class SchemaCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.everywhere(Options.command(
                this,
                "schema",
                "Prints the JSON Schema of pipeline files, with the keys of every source and destination there is. Editors "
                        + "complete and check with it; the first line of a pipeline file says where it is.",
                "wisent schema > wisent.schema.json    # in the file: # yaml-language-server: $schema=wisent.schema.json",
                "wisent schema --json | jq '.schema.\"$defs\" | keys'"));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        ObjectNode schema = PipelineSchema.of(shell.connectors().get());
        if (Options.isJson(parsed)) {
            shell.console().result(Json.versioned().set("schema", schema).toString());
        } else {
            shell.console().result(schema.toPrettyString());
        }
        return 0;
    }
}
