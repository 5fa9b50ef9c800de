package dev.wisent.api.commit;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RejectFile;
import dev.wisent.api.RunId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.TargetId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A commit as JSON, the form in which destinations store it and processes hand it on: `read(write(c))` equals `c`.
/// Keys nobody knows are skipped.
public final class CommitJson {
    /// Raised when an older reader would misunderstand what is written (R11).
    public static final int FORMAT = 1;

    private CommitJson() {}

    /// The commit on one line.
    public static String text(Commit commit) {
        return write(commit).toString();
    }

    /// Inverse of [#text]. Malformed text is an [IllegalArgumentException]; a newer format is refused with
    /// `STATE_NEWER`.
    public static Commit parse(String text) {
        try {
            return read(JsonMapper.shared().readTree(text));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /// Refuses what a newer version wrote.
    public static void checkFormat(JsonNode node) {
        checkFormat(Json.number(node, "format"));
    }

    /// The same of a format that was read already.
    public static void checkFormat(long format) {
        if (format > FORMAT) {
            throw WisentException.of(
                            ErrorCode.STATE_NEWER,
                            "progress is stored in format " + format + ", this version knows " + FORMAT)
                    .hint("use the version that wrote it, or a newer one");
        }
    }

    public static ObjectNode write(Commit commit) {
        Head head = commit.head();
        ObjectNode node = Json.object()
                .put("format", FORMAT)
                .put("type", type(commit))
                .put("id", head.id().value())
                .put("stream", head.stream().name())
                .put("lane", head.lane().number())
                .put("n", head.n())
                .put("run", head.run().value());
        switch (commit) {
            case Commit.Claim claim -> node.set("by", claimant(claim.by()));
            case Commit.Begin begin ->
                node.put("generation", begin.generation().id().number())
                        .put("kind", Json.name(begin.generation().kind()))
                        .put("fingerprint", begin.fingerprint())
                        .put("opening", begin.opening().json());
            case Commit.Data data -> data(data, node);
            case Commit.Publish publish ->
                node.put("generation", publish.generation().number());
            case Commit.Drop drop -> node.put("generation", drop.generation().number());
        }
        return node;
    }

    public static Commit read(JsonNode node) {
        checkFormat(node);
        Head head = new Head(
                new CommitId(Json.text(node, "id")),
                new StreamId(Json.text(node, "stream")),
                new LaneId(Math.toIntExact(Json.number(node, "lane"))),
                Json.number(node, "n"),
                new RunId(Json.text(node, "run")));
        return switch (Json.text(node, "type")) {
            case "claim" -> new Commit.Claim(head, claimant(Json.need(node, "by")));
            case "begin" ->
                new Commit.Begin(
                        head,
                        new Generation(generation(node), Json.choice(node, "kind", Generation.Kind.class)),
                        Json.text(node, "fingerprint"),
                        new StreamState(Json.text(node, "opening")));
            case "data" ->
                new Commit.Data(
                        head,
                        generation(node),
                        Json.choice(node, "mode", Commit.Mode.class),
                        Json.list(node, "advances", CommitJson::advance),
                        Json.list(node, "fragments", CommitJson::fragment),
                        change(node));
            case "publish" -> new Commit.Publish(head, generation(node));
            case "drop" -> new Commit.Drop(head, generation(node));
            default ->
                throw new IllegalArgumentException("there is no commit of type '" + Json.text(node, "type") + "'");
        };
    }

    private static String type(Commit commit) {
        return switch (commit) {
            case Commit.Claim c -> "claim";
            case Commit.Begin c -> "begin";
            case Commit.Data c -> "data";
            case Commit.Publish c -> "publish";
            case Commit.Drop c -> "drop";
        };
    }

    private static GenerationId generation(JsonNode node) {
        return new GenerationId(Json.number(node, "generation"));
    }

    static ObjectNode claimant(Claimant by) {
        return Json.object()
                .put("run", by.run().value())
                .put("host", by.host())
                .put("pid", by.pid())
                .put("at", by.at().toString())
                .put("role", Json.name(by.role()));
    }

    static Claimant claimant(JsonNode node) {
        return new Claimant(
                new RunId(Json.text(node, "run")),
                Json.text(node, "host"),
                Json.number(node, "pid"),
                Instant.parse(Json.text(node, "at")),
                Json.choice(node, "role", Role.class));
    }

    private static void data(Commit.Data data, ObjectNode node) {
        node.put("generation", data.generation().number()).put("mode", Json.name(data.mode()));
        ArrayNode advances = node.putArray("advances");
        for (Advance advance : data.advances()) {
            ObjectNode item = advances.addObject().put("split", advance.split().value());
            item.set("from", position(advance.from()));
            item.set("to", position(advance.to()));
            item.put("finished", advance.finished());
        }
        ArrayNode fragments = node.putArray("fragments");
        for (Fragment fragment : data.fragments()) {
            fragments
                    .addObject()
                    .put("target", fragment.target().name())
                    .put("kind", Json.name(fragment.kind()))
                    .put("description", fragment.description())
                    .put("rows", fragment.rows())
                    .put("bytes", fragment.bytes());
        }
        Change change = data.change();
        change.schema().ifPresent(schema -> node.set("schema", Json.schema(schema)));
        ArrayNode forgotten = node.putArray("forgotten");
        change.forgotten().forEach(split -> forgotten.add(split.value()));
        node.set("counts", counts(change.counts()));
        node.set("rejects", rejects(change.rejects()));
    }

    private static Advance advance(JsonNode node) {
        return new Advance(
                new SplitId(Json.text(node, "split")),
                position(Json.need(node, "from")),
                position(Json.need(node, "to")),
                Json.truth(node, "finished"));
    }

    private static Fragment fragment(JsonNode node) {
        return new Fragment(
                new TargetId(Json.text(node, "target")),
                Json.choice(node, "kind", Fragment.Kind.class),
                Json.text(node, "description"),
                Json.number(node, "rows"),
                Json.number(node, "bytes"));
    }

    private static Change change(JsonNode node) {
        List<SplitId> forgotten = Json.list(node, "forgotten", n -> new SplitId(n.stringValue("")));
        return new Change(Json.schema(node, "schema"), forgotten, counts(Json.need(node, "counts")), rejects(node));
    }

    static ArrayNode position(Position position) {
        return JsonNodeFactory.instance.arrayNode().add(position.ordinal()).add(position.token());
    }

    static Position position(JsonNode node) {
        return new Position(Json.number(node, "ordinal", 0), Json.text(node, "token", 1));
    }

    static ArrayNode rejects(List<RejectFile> rejects) {
        ArrayNode files = JsonNodeFactory.instance.arrayNode();
        rejects.forEach(file -> files.addObject().put("path", file.path()).put("count", file.count()));
        return files;
    }

    static List<RejectFile> rejects(JsonNode node) {
        return Json.list(node, "rejects", n -> new RejectFile(Json.text(n, "path"), Json.number(n, "count")));
    }

    static ObjectNode counts(Counts counts) {
        return Json.object()
                .put("read", counts.read())
                .put("added", counts.added())
                .put("written", counts.written())
                .put("rejected", counts.rejected())
                .put("filtered", counts.filtered())
                .put("deduplicated", counts.deduplicated())
                .put("discarded_values", counts.discardedValues())
                .put("bytes_read", counts.bytesRead())
                .put("bytes_written", counts.bytesWritten());
    }

    static Counts counts(JsonNode node) {
        return new Counts(
                Json.number(node, "read"),
                Json.number(node, "added"),
                Json.number(node, "written"),
                Json.number(node, "rejected"),
                Json.number(node, "filtered"),
                Json.number(node, "deduplicated"),
                Json.number(node, "discarded_values"),
                Json.number(node, "bytes_read"),
                Json.number(node, "bytes_written"));
    }
}
