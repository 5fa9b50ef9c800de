package dev.wisent.cli.internal.command;

import dev.wisent.cli.internal.config.ConnectorUrl;
import dev.wisent.cli.internal.config.CopyDraft;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.config.Secrets;
import dev.wisent.cli.internal.console.Console;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `copy SRC DST`
final class CopyCommand implements Command {
    private static final String TABLE = "--table";
    private static final String DRY_RUN = "--dry-run";

    @Override
    public CommandSpec spec() {
        return Options.loading(Options.command(
                        this,
                        "copy",
                        "Copies tables from one address to another: prints the pipeline that does it, and runs it.",
                        "wisent copy file:///data/orders.csv file:///data/out/",
                        "wisent copy postgres://app@db1/shop duckdb:shop.duckdb --table users",
                        "wisent copy sqlite:shop.db duckdb:shop.duckdb --dry-run   # only prints the pipeline"))
                .addPositional(address(
                        "0",
                        "SRC",
                        "Where rows come from: SCHEME://USER:PASSWORD@HOST:PORT/DATABASE or SCHEME:///FILE."))
                .addPositional(address("1", "DST", "Where they go; what is there is replaced."))
                .addOption(OptionSpec.builder(TABLE)
                        .paramLabel("NAME")
                        .type(String[].class)
                        .arity("1")
                        .description("A table, or a pattern with * and ?; may be given again. Without it: all.")
                        .build())
                .addOption(Options.flag(DRY_RUN, "Print the pipeline and do nothing."))
                .addOption(Options.stateDb());
    }

    private static PositionalParamSpec address(String index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(index)
                .paramLabel(label)
                .type(String.class)
                .required(true)
                .description(description)
                .build();
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        Console console = shell.console();
        String source = parsed.matchedPositionalValue(0, "");
        String destination = parsed.matchedPositionalValue(1, "");
        Stream.of(source, destination).forEach(address -> console.hide(new Secrets(ConnectorUrl.secrets(address))));
        ConnectorUrl from = ConnectorUrl.parse(source);
        ConnectorUrl to = ConnectorUrl.parse(destination);
        List<String> tables = Optional.ofNullable(parsed.matchedOptionValue(TABLE, (String[]) null))
                .map(Arrays::asList)
                .orElse(List.of());
        CopyDraft draft = new CopyDraft(shell.connectors().get(), from, to, tables);
        if (Options.isJson(parsed)) {
            console.talk(draft.shown().stripTrailing());
        } else {
            draft.shown().lines().forEach(console::result);
        }
        PipelineSpec spec = Pipelines.text(draft.whole(), CopyDraft.FILE, parsed, shell);
        if (parsed.hasMatchedOption(DRY_RUN)) {
            Pipelines.close(spec);
            return 0;
        }
        return RunCommand.run(spec, () -> EngineInput.streams(spec, shell.folder()), parsed, shell);
    }
}
