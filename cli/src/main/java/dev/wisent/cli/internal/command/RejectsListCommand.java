package dev.wisent.cli.internal.command;

import dev.wisent.api.LaneId;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Console;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `rejects list FILE`: what the commits name. Files no commit names are of attempts that did not count (R8).
final class RejectsListCommand implements Command {
    private static final String ALL = "--all";

    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "list",
                        "The records and inputs that could not be processed: where they stood, why, and their first bytes.",
                        "wisent rejects list examples/quickstart.yml",
                        "wisent rejects list examples/quickstart.yml --last   # those of the last run",
                        "wisent rejects list examples/quickstart.yml --all    # those that were replayed, too")
                .addOption(Options.flag(Options.LAST, "Only those of the last run."))
                .addOption(Options.flag(ALL, "Those that were replayed since, too."))
                .addOption(Options.stateDb()));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        PipelineSpec spec = Pipelines.one(parsed, shell);
        NamedRejects rejects = NamedRejects.of(spec, parsed, shell);
        Optional<String> run = parsed.hasMatchedOption(Options.LAST) ? lastRun(rejects) : Optional.empty();
        Predicate<NamedRejects.Named> wanted =
                named -> run.filter(id -> !id.equals(named.kept().run())).isEmpty()
                        && (parsed.hasMatchedOption(ALL) || !named.isReplayed());
        list(rejects, wanted, parsed, shell);
        return 0;
    }

    private static void list(
            NamedRejects rejects, Predicate<NamedRejects.Named> wanted, ParseResult parsed, Shell shell) {
        Console console = shell.console();
        if (Options.isJson(parsed)) {
            ObjectNode node = Json.versioned();
            ArrayNode list = node.putArray("rejects");
            rejects.each(named -> {
                if (wanted.test(named)) {
                    list.add(RejectText.json(named));
                }
            });
            console.result(node.toString());
            return;
        }
        long[] shown = new long[1];
        long[] open = new long[1];
        rejects.each(named -> {
            if (wanted.test(named)) {
                shown[0]++;
                open[0] += named.isReplayed() ? 0 : 1;
                RejectText.lines(named).forEach(console::result);
            }
        });
        console.talk(LogLevel.INFO, shown[0] == 0 ? "No rejects." : Amounts.count(shown[0], "reject") + ".");
        if (open[0] > 0) {
            console.result("next: " + console.concrete("wisent rejects show FILE ID, or mend the cause and then"));
            console.result("      " + console.concrete("wisent rejects replay FILE"));
        }
    }

    private static Optional<String> lastRun(NamedRejects rejects) {
        return rejects.view().lane(LaneId.FIRST).claimant().map(by -> by.run().value());
    }
}
