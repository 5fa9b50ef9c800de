package dev.wisent.cli.internal.console;

import dev.wisent.api.source.Lag;
import dev.wisent.engine.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/// How far a stream is, while it runs.
///
/// @param rows read so far, ahead of what is committed
/// @param expectedBytes how many there are to read, where the plan knows
/// @param lag how far what is committed is behind the source, part by part, where the source knows
/// @param latencyP50 ms from source time to commit, of what is committed; 0: nothing is
public record StreamSnapshot(
        String stream,
        long rows,
        long bytes,
        long rejects,
        long commits,
        double seconds,
        OptionalLong expectedBytes,
        List<Lag> lag,
        double latencyP50,
        double latencyP99) {
    /// Nothing is finished before its end is committed.
    private static final double ALMOST = 0.99;

    private static final String GAP = "  ";
    private static final int SHORTEST_NAME = 8;

    /// Everything, for logs.
    String line() {
        return stream + GAP + String.join(", ", parts());
    }

    /// As much as fits: what is least missed goes first, and a name is shortened before there is no number.
    String line(int width) {
        List<String> parts = parts();
        String name =
                Grid.shortened(stream, Math.max(SHORTEST_NAME, width - GAP.length() - Grid.width(parts.getFirst())));
        String line = name + GAP + String.join(", ", parts);
        while (Grid.width(line) > width && parts.size() > 1) {
            parts.removeLast();
            line = name + GAP + String.join(", ", parts);
        }
        return Grid.cut(line, width);
    }

    /// What is to be said of streams that have no line of their own.
    static String line(List<StreamSnapshot> streams, int width) {
        long rows = streams.stream().mapToLong(StreamSnapshot::rows).sum();
        long rejects = streams.stream().mapToLong(StreamSnapshot::rejects).sum();
        return Grid.cut(
                "and " + Amounts.count(streams.size(), "stream") + GAP + Amounts.count(rows, "row")
                        + (rejects > 0 ? ", " + Amounts.count(rejects, "reject") : ""),
                width);
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
        if (!lag.isEmpty()) {
            parts.add("lag " + Amounts.count(lag.stream().mapToLong(Lag::behind).sum()));
        }
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
        RunSummary.lag(lag, event);
        if (latencyP99 > 0) {
            event.putObject("latency_ms").put("p50", latencyP50).put("p99", latencyP99);
        }
    }
}
