package dev.wisent.cli.internal.console;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/// How far a stream is, while it runs.
///
/// @param rows read so far, ahead of what is committed
/// @param expectedBytes how many there are to read, where the plan knows
/// @param latencyP50 ms from source time to commit, of what is committed; 0: nothing is
public record StreamSnapshot(
        String stream,
        long rows,
        long bytes,
        long rejects,
        long commits,
        double seconds,
        OptionalLong expectedBytes,
        double latencyP50,
        double latencyP99) {
    /// Nothing is finished before its end is committed.
    private static final double ALMOST = 0.99;

    /// Everything, for logs.
    String line() {
        return stream + "  " + String.join(", ", parts());
    }

    /// As much as fits: what is least missed goes first.
    String line(int width) {
        List<String> parts = parts();
        String line = line();
        while (line.length() > width && parts.size() > 1) {
            parts.removeLast();
            line = stream + "  " + String.join(", ", parts);
        }
        return Grid.cut(line, width);
    }

    /// The most important first.
    private List<String> parts() {
        List<String> parts = new ArrayList<>();
        parts.add(Amounts.count(rows, "row"));
        parts.add(Amounts.perSecond(rows, seconds) + " rows/s");
        fraction().ifPresent(done -> parts.add((int) (done * 100) + " %"));
        if (rejects > 0) {
            parts.add(Amounts.count(rejects, "reject"));
        }
        secondsLeft().ifPresent(left -> parts.add("ETA " + Amounts.seconds(left)));
        parts.add(Amounts.megabytesPerSecond(bytes, seconds) + " MB/s");
        parts.add(Amounts.count(commits, "commit"));
        if (latencyP99 > 0) {
            parts.add("latency p50 " + Amounts.milliseconds(latencyP50) + ", p99 " + Amounts.milliseconds(latencyP99));
        }
        return parts;
    }

    private OptionalDouble fraction() {
        return expectedBytes.isPresent() && expectedBytes.getAsLong() > 0
                ? OptionalDouble.of(Math.min(ALMOST, (double) bytes / expectedBytes.getAsLong()))
                : OptionalDouble.empty();
    }

    private OptionalDouble secondsLeft() {
        return fraction().isPresent() && bytes > 0
                ? OptionalDouble.of(Math.max(0, expectedBytes.orElse(0) - bytes) * seconds / bytes)
                : OptionalDouble.empty();
    }

    /// The fields of a `progress` event.
    void fill(ObjectNode event) {
        event.put("stream", stream)
                .put("rows", rows)
                .put("rows_per_second", seconds > 0 ? rows / seconds : 0)
                .put("bytes", bytes)
                .put("bytes_per_second", seconds > 0 ? bytes / seconds : 0)
                .put("rejects", rejects)
                .put("commits", commits)
                .put("seconds", seconds);
        fraction().ifPresent(done -> event.put("fraction", done));
        secondsLeft().ifPresent(left -> event.put("seconds_left", left));
        if (latencyP99 > 0) {
            event.putObject("latency_ms").put("p50", latencyP50).put("p99", latencyP99);
        }
    }
}
