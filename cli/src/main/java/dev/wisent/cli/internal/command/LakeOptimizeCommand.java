package dev.wisent.cli.internal.command;

import dev.wisent.api.lake.OptimizeRequest;
import dev.wisent.api.lake.Optimized;
import dev.wisent.cli.internal.console.Amounts;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ObjectNode;

/// `lake optimize FILE`
final class LakeOptimizeCommand implements Command {
    private static final String TARGET = "--target-mb";
    private static final int TARGET_MB = 128;
    private static final int MOST_MB = 1 << 20;
    /// Files of at least this share of the target are large enough.
    private static final int SMALL_QUARTERS = 3;

    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "optimize",
                        "Puts small files of a table together, partition by partition. Rows stay as they are; runs may go on meanwhile.",
                        "wisent lake optimize lake.yml",
                        "wisent lake optimize lake.yml --target-mb 512")
                .addOption(Options.value(TARGET, "MB", "How large files become; 128 without it.")));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        long target = (long) Options.text(parsed, TARGET)
                        .map(text -> Options.number(TARGET, text, MOST_MB))
                        .orElse(TARGET_MB)
                << 20;
        OptimizeRequest request = new OptimizeRequest(target / 4 * SMALL_QUARTERS, target);
        Optimized done = LakeTables.with(parsed, shell, table -> table.optimize(request));
        if (Options.isJson(parsed)) {
            shell.console().result(json(done).toString());
        } else {
            shell.console().result(text(done));
        }
        return 0;
    }

    private static String text(Optimized done) {
        String text = done.versions() == 0
                ? "No files to put together."
                : Amounts.count(done.filesBefore(), "file") + " (" + Amounts.bytes(done.bytesBefore()) + ") became "
                        + Amounts.count(done.filesAfter()) + " (" + Amounts.bytes(done.bytesAfter()) + "), with "
                        + Amounts.count(done.rows(), "row") + ". The old ones stay for older versions until a vacuum.";
        return done.conflicts() == 0
                ? text
                : text + "\n" + Amounts.count(done.conflicts(), "group")
                        + " of files left as they are: another writer changed them meanwhile. Start again for those.";
    }

    private static ObjectNode json(Optimized done) {
        return Json.versioned()
                .put("files_before", done.filesBefore())
                .put("files_after", done.filesAfter())
                .put("bytes_before", done.bytesBefore())
                .put("bytes_after", done.bytesAfter())
                .put("rows", done.rows())
                .put("versions", done.versions())
                .put("conflicts", done.conflicts());
    }
}
