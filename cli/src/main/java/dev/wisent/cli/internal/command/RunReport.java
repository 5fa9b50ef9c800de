package dev.wisent.cli.internal.command;

import dev.wisent.api.Counts;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.RunRecord.Status;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.ErrorText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What came of a run: the object of `run --json`, and the lines for people.
///
/// @param pipeline empty when the file could not be read that far
/// @param run empty when no run began
record RunReport(
        Optional<String> pipeline,
        Optional<String> run,
        Status status,
        List<StreamReport> streams,
        Optional<WisentException> error) {
    /// @param resumed rows an earlier run had committed into the same generation
    /// @param latency between `source_timestamp` and the commit, where the source tells
    record StreamReport(
            String stream,
            Counts counts,
            long commits,
            long resumed,
            double seconds,
            Optional<LatencyMillis> latency,
            String location) {}

    record LatencyMillis(double p50, double p99) {}

    static RunReport failedBefore(Optional<String> pipeline, WisentException error) {
        return new RunReport(pipeline, Optional.empty(), Status.FAILED, List.of(), Optional.of(error));
    }

    ObjectNode json() {
        ObjectNode node = Json.versioned();
        node.put("pipeline", pipeline.orElse(null));
        node.put("run_id", run.orElse(null));
        node.put("status", status.name().toLowerCase(Locale.ROOT));
        ArrayNode list = node.putArray("streams");
        streams.forEach(stream -> list.add(json(stream)));
        error.ifPresent(e -> node.set("error", ErrorText.json(e)));
        return node;
    }

    private static ObjectNode json(StreamReport stream) {
        Counts counts = stream.counts();
        ObjectNode node = Json.object()
                .put("stream", stream.stream())
                .put("read", counts.read())
                .put("added", counts.added())
                .put("written", counts.written())
                .put("rejected", counts.rejected())
                .put("filtered", counts.filtered())
                .put("deduplicated", counts.deduplicated())
                .put("commits", stream.commits())
                .put("resumed", stream.resumed())
                .put("bytes_read", counts.bytesRead())
                .put("bytes_written", counts.bytesWritten())
                .put("seconds", stream.seconds());
        stream.latency()
                .ifPresent(
                        ms -> node.putObject("latency_ms").put("p50", ms.p50()).put("p99", ms.p99()));
        return node;
    }

    /// Rows, speed, rejects, and where the data is.
    List<String> lines(String file) {
        List<String> lines = new ArrayList<>();
        for (StreamReport stream : streams) {
            Counts counts = stream.counts();
            lines.add(stream.stream() + ": " + Amounts.count(counts.written(), "row") + " in "
                    + Amounts.seconds(stream.seconds()) + " ("
                    + Amounts.perSecond(counts.written(), stream.seconds()) + " rows/s, "
                    + Amounts.megabytesPerSecond(counts.bytesWritten(), stream.seconds()) + " MB/s), "
                    + Amounts.count(stream.commits(), "commit") + resumed(stream));
            if (!stream.location().isEmpty()) {
                lines.add("  data:  " + stream.location());
            }
            if (counts.discardedValues() > 0) {
                lines.add("  warning: " + Amounts.count(counts.discardedValues(), "value")
                        + " outside the schema left out");
            }
            if (counts.rejected() > 0) {
                lines.add("  " + Amounts.count(counts.rejected(), "reject") + ", not in the data");
                lines.add("  next:  wisent rejects list " + file + " --last");
            }
        }
        return lines;
    }

    private static String resumed(StreamReport stream) {
        return stream.resumed() == 0 ? "" : ", after " + Amounts.count(stream.resumed(), "row") + " of an earlier run";
    }
}
