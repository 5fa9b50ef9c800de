package dev.wisent.cli.internal.command;

import dev.wisent.api.Counts;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Lag;
import dev.wisent.api.state.RunRecord.Status;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.ErrorText;
import dev.wisent.engine.RunOutcome;
import dev.wisent.engine.RunOutcome.StreamOutcome;
import dev.wisent.engine.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// How a run ended, for people; and for programs where it never began.
final class RunSummaryText {
    /// Of more, only those are shown that failed or have something to say.
    private static final int STREAMS_SHOWN = 20;

    /// A shorter transaction is no burden worth a line.
    private static final long SECOND_MS = 1_000;

    private static final String LONGEST_TRANSACTION = "longest_transaction_ms";

    private RunSummaryText() {}

    /// Rows, speed, rejects, where the data is, and what to do next.
    static List<String> lines(RunOutcome outcome, String file) {
        List<String> lines = new ArrayList<>();
        if (outcome.streams().size() > 1) {
            several(outcome, file, lines);
        } else {
            outcome.streams().forEach(stream -> stream(stream, file, lines));
        }
        if (outcome.status() == Status.INTERRUPTED) {
            lines.add("Interrupted. What is committed stays; the next run goes on from there.");
            lines.add("  next:  wisent run " + file);
        }
        return lines;
    }

    /// Of very many streams, those that are worth a look, and all together.
    private static void several(RunOutcome outcome, String file, List<String> lines) {
        boolean many = outcome.streams().size() > STREAMS_SHOWN;
        outcome.streams().stream()
                .filter(stream -> !many || isWorthALook(stream))
                .forEach(stream -> stream(stream, file, lines));
        long rows = outcome.streams().stream()
                .mapToLong(stream -> stream.counts().written())
                .sum();
        long failed = outcome.streams().stream()
                .filter(stream -> stream.status() == Status.FAILED)
                .count();
        lines.add(Amounts.count(outcome.streams().size(), "stream") + ": " + Amounts.count(rows, "row")
                + (failed == 0 ? "" : ", " + Amounts.count(failed) + " failed"));
    }

    private static boolean isWorthALook(StreamOutcome stream) {
        return stream.status() != Status.SUCCEEDED
                || stream.counts().rejected() > 0
                || !stream.warnings().isEmpty();
    }

    private static void stream(StreamOutcome stream, String file, List<String> lines) {
        Counts counts = stream.counts();
        lines.add(stream.stream() + ": " + Amounts.count(counts.written(), "row") + " in "
                + Amounts.seconds(stream.seconds()) + " (" + Amounts.perSecond(counts.written(), stream.seconds())
                + " rows/s, " + Amounts.megabytesPerSecond(counts.bytesWritten(), stream.seconds()) + " MB/s), "
                + Amounts.count(stream.commits(), "commit") + resumed(stream));
        long behind = stream.lag().stream().mapToLong(Lag::behind).sum();
        if (behind > 0) {
            lines.add("  lag:   " + Amounts.count(behind) + " behind, in "
                    + Amounts.count(stream.lag().size(), "part"));
        }
        long transaction = stream.statistics().counts().getOrDefault(LONGEST_TRANSACTION, 0L);
        if (transaction >= SECOND_MS) {
            lines.add("  source: its longest transaction was open for "
                    + Amounts.seconds(transaction / (double) SECOND_MS));
        }
        stream.warnings().forEach(warning -> lines.add("  warning: " + warning));
        if (counts.discardedValues() > 0) {
            lines.add(
                    "  warning: " + Amounts.count(counts.discardedValues(), "value") + " outside the schema left out");
        }
        if (!stream.location().isEmpty()) {
            lines.add("  data:  " + stream.location());
        }
        if (counts.rejected() > 0) {
            lines.add("  " + Amounts.count(counts.rejected(), "reject") + ", not in the data");
            lines.add("  next:  wisent rejects list " + file + " --last");
        }
    }

    private static String resumed(StreamOutcome stream) {
        return stream.resumed() == 0 ? "" : ", after " + Amounts.count(stream.resumed(), "row") + " of an earlier run";
    }

    /// What the event `finished` says: the run's summary, without its error, which is an event of its own.
    static ObjectNode ended(String pipeline, RunOutcome outcome) {
        RunOutcome quiet = new RunOutcome(outcome.run(), outcome.status(), outcome.streams(), Optional.empty());
        return (ObjectNode) new ObjectMapper().readTree(RunSummary.json(pipeline, quiet));
    }

    /// The object of `run --json` when no run began; `pipeline` is unknown when the file could not be read that far.
    static ObjectNode neverBegan(Optional<String> pipeline, WisentException error) {
        ObjectNode node = Json.versioned();
        node.put("pipeline", pipeline.orElse(null));
        node.putNull("run_id");
        node.put("status", "failed");
        node.putArray("streams");
        node.set("error", ErrorText.json(error));
        return node;
    }
}
