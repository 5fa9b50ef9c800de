package dev.wisent.engine;

import dev.wisent.api.Counts;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Lag;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A run as the one JSON object that `run --json` prints and the state store keeps.
public final class RunSummary {
    /// Raised when a reader of an older version would misunderstand the object.
    private static final int VERSION = 1;

    private RunSummary() {}

    public static String json(String pipeline, RunOutcome outcome) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", VERSION)
                .put("pipeline", pipeline)
                .put("run_id", outcome.run().value());
        node.put("status", outcome.status().name().toLowerCase(Locale.ROOT));
        ArrayNode streams = node.putArray("streams");
        outcome.streams().forEach(stream -> write(stream, streams.addObject()));
        outcome.error().ifPresent(e -> write(e, node.putObject("error")));
        return node.toString();
    }

    private static void write(RunOutcome.StreamOutcome stream, ObjectNode node) {
        Counts counts = stream.counts();
        node.put("stream", stream.stream().name())
                .put("status", stream.status().name().toLowerCase(Locale.ROOT))
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
        node.put("records_processed", counts.read()).put("checkpoints_saved", stream.commits());
        stream.statistics().counts().forEach(node::put);
        node.putObject("latency_ms").put("p50", stream.latencyP50()).put("p99", stream.latencyP99());
        lag(stream.lag(), node);
        stream.warnings().forEach(node.putArray("warnings")::add);
        stream.error().ifPresent(e -> write(e, node.putObject("error")));
    }

    /// Writes `lag`, in all and part by part; nothing where nothing is known.
    public static void lag(List<Lag> parts, ObjectNode node) {
        if (parts.isEmpty()) {
            return;
        }
        ObjectNode lag = node.putObject("lag");
        lag.put("behind", parts.stream().mapToLong(Lag::behind).sum());
        ArrayNode each = lag.putArray("parts");
        parts.forEach(part -> each.addObject()
                .put("part", part.part())
                .put("position", part.position())
                .put("end", part.end())
                .put("behind", part.behind()));
    }

    private static void write(WisentException error, ObjectNode node) {
        node.put("code", error.code().id())
                .put("message", error.what())
                .put("where", error.where())
                .put("tried", error.tried())
                .put("hint", error.hint())
                .put("next", error.next());
    }
}
