package dev.wisent.cli.internal.command;

import dev.wisent.api.lake.VacuumRequest;
import dev.wisent.api.lake.Vacuumed;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Console;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ObjectNode;

/// `lake vacuum FILE`
final class LakeVacuumCommand implements Command {
    private static final String RETAIN = "--retain-hours";
    private static final String DRY_RUN = "--dry-run";
    private static final String FORCE = "--force";
    private static final int MOST_HOURS = 1_000_000;
    /// More names than anybody reads.
    private static final int SHOWN = 20;

    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "vacuum",
                        "Removes data files that no version of the table within the retention needs, and what dead writers left.",
                        "wisent lake vacuum lake.yml --dry-run",
                        "wisent lake vacuum lake.yml --retain-hours 720")
                .addOption(Options.flag(DRY_RUN, "Only tell what would be removed."))
                .addOption(Options.value(
                        RETAIN,
                        "N",
                        "Keep the files of versions younger than this; the table's own retention, or 168."))
                .addOption(Options.flag(
                        FORCE,
                        "Accept fewer hours than the table keeps files for: older versions can't be read then.")));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        Optional<Duration> retention =
                Options.text(parsed, RETAIN).map(text -> Duration.ofHours(Options.number(RETAIN, text, MOST_HOURS)));
        boolean isDry = parsed.hasMatchedOption(DRY_RUN);
        VacuumRequest request = new VacuumRequest(
                retention,
                isDry ? VacuumRequest.Effect.TOLD : VacuumRequest.Effect.REMOVED,
                parsed.hasMatchedOption(FORCE) ? VacuumRequest.Caution.ACCEPT : VacuumRequest.Caution.REFUSE);
        Vacuumed done = LakeTables.with(parsed, shell, table -> table.vacuum(request));
        if (Options.isJson(parsed)) {
            shell.console().result(json(done, request).toString());
        } else {
            text(done, request, shell.console());
        }
        return 0;
    }

    private static void text(Vacuumed done, VacuumRequest request, Console console) {
        if (request.effect() == VacuumRequest.Effect.TOLD) {
            done.files().stream().limit(SHOWN).forEach(console::result);
            if (done.files().size() > SHOWN) {
                console.result("… and " + Amounts.count(done.files().size() - (long) SHOWN) + " more");
            }
        }
        console.result((request.effect() == VacuumRequest.Effect.TOLD ? "Would remove " : "Removed ")
                + Amounts.count(done.files().size(), "file") + " (" + Amounts.bytes(done.bytes()) + "), "
                + Amounts.count(done.kept(), "file") + " kept. Versions of the last "
                + Amounts.count(done.retention().toHours(), "hour") + " keep theirs.");
    }

    private static ObjectNode json(Vacuumed done, VacuumRequest request) {
        ObjectNode node = Json.versioned()
                .put("removed", request.effect() == VacuumRequest.Effect.REMOVED)
                .put("bytes", done.bytes())
                .put("kept", done.kept())
                .put("retain_hours", done.retention().toHours());
        node.set("files", Json.array(done.files()));
        return node;
    }
}
