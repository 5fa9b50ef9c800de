package dev.wisent.api.commit;

import dev.wisent.api.LaneId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A whole [Progress] as a series of small JSON objects, so that one with a million splits is never a tree in memory:
/// lanes first, then the ids of
/// their commits, then what each generation holds. The order is fixed: equal progress gives equal lines.
public final class ProgressJson {
    private static final String LEFT_OUT = "finished_left_out";
    private static final String PLACE = "place";

    private ProgressJson() {}

    /// All lines as one text, for stores that keep a text.
    public static String text(Progress progress) {
        StringBuilder text = new StringBuilder();
        write(progress, line -> text.append(line).append('\n'));
        return text.toString();
    }

    /// The same for people to look at: of more than `most` splits those that are finished are counted and left out, so
    /// that a copy stays small. [Reader] and [#parse] skip the count, [#leftOut] reads it; so they do the place.
    ///
    /// @param place tells apart where it is the progress of, without secrets; [#place] reads it
    public static String excerpt(Progress progress, int most, String place) {
        ProgressView view = progress.view();
        StringBuilder text = new StringBuilder();
        int splits = view.live().splits().size()
                + view.open().map(open -> open.content().splits().size()).orElse(0);
        write(
                progress,
                splits <= most ? split -> true : split -> !split.finished(),
                line -> text.append(line).append('\n'));
        if (splits > most) {
            long finished = view.live().splits().values().stream()
                    .filter(SplitView::finished)
                    .count();
            text.append(Json.object().put(LEFT_OUT, finished)).append('\n');
        }
        return text.append(Json.object().put(PLACE, place)).append('\n').toString();
    }

    /// Where an [#excerpt] is of; empty: it is of a version that did not say.
    public static Optional<String> place(String excerpt) {
        return excerpt.lines()
                .filter(line -> line.startsWith("{\"" + PLACE))
                .map(line -> Json.text(JsonMapper.shared().readTree(line), PLACE))
                .findFirst();
    }

    /// How many finished splits of the live generation an [#excerpt] leaves out.
    public static long leftOut(String excerpt) {
        return excerpt.lines()
                .filter(line -> line.startsWith("{\"" + LEFT_OUT))
                .mapToLong(line -> Json.number(JsonMapper.shared().readTree(line), LEFT_OUT))
                .sum();
    }

    /// Inverse of [#text]. Malformed text is an [IllegalArgumentException].
    public static Progress parse(String text) {
        Reader reader = new Reader();
        try {
            text.lines().forEach(line -> reader.accept(JsonMapper.shared().readTree(line)));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
        return reader.finish();
    }

    /// Hands one line of JSON a time to `lines`: [#write] for those who share no JSON library with Wisent, as families.
    public static void lines(Progress progress, Consumer<String> lines) {
        write(progress, line -> lines.accept(line.toString()));
    }

    /// Hands one object a time to `lines`, each under a key of its own: `lane`, `commit`, `live`, `open`, `split`.
    public static void write(Progress progress, Consumer<ObjectNode> lines) {
        write(progress, split -> true, lines);
    }

    private static void write(Progress progress, Predicate<SplitView> wanted, Consumer<ObjectNode> lines) {
        ProgressView view = progress.view();
        new TreeMap<>(view.lanes()).forEach((id, lane) -> {
            lines.accept(lane(id, lane));
            progress.forEachId(
                    id,
                    (n, commit) -> lines.accept(Json.object()
                            .put("commit", n)
                            .put("of", id.number())
                            .put("id", commit.value())));
        });
        lines.accept(content("live", view.live()));
        splits("live", view.live(), wanted, lines);
        view.open().ifPresent(open -> {
            lines.accept(content("open", open.content())
                    .put("kind", Json.name(open.generation().kind()))
                    .put("fingerprint", open.fingerprint()));
            splits("open", open.content(), wanted, lines);
        });
    }

    private static ObjectNode lane(LaneId id, LaneView lane) {
        ObjectNode node = Json.object()
                .put("lane", id.number())
                .put("last", lane.last())
                .put("claimed_at", lane.claimedAt())
                .put("epoch", lane.epoch());
        lane.claimant().ifPresent(by -> node.set("claimant", CommitJson.claimant(by)));
        return node;
    }

    private static ObjectNode content(String key, GenerationView view) {
        ObjectNode node = Json.object()
                .put(key, view.id().number())
                .put("opening", view.opening().json());
        view.schema().ifPresent(schema -> node.set("schema", Json.schema(schema)));
        node.set("counts", CommitJson.counts(view.counts()));
        node.set("rejects", CommitJson.rejects(view.rejects()));
        return node;
    }

    private static void splits(
            String in, GenerationView view, Predicate<SplitView> wanted, Consumer<ObjectNode> lines) {
        view.splits().forEach((id, split) -> {
            if (wanted.test(split)) {
                ObjectNode node = Json.object().put("split", id.value()).put("in", in);
                node.set("at", CommitJson.position(split.position()));
                lines.accept(node.put("finished", split.finished()));
            }
        });
    }

    /// Puts the objects together again, in the order they were written.
    public static final class Reader {
        private final Map<LaneId, LaneView> lanes = new HashMap<>();
        private final Map<LaneId, CommitIds> ids = new HashMap<>();
        private final Splits liveSplits = new Splits();
        private final Splits openSplits = new Splits();
        private GenerationView live = GenerationView.EMPTY;
        private Optional<OpenGeneration> open = Optional.empty();

        /// Takes one line of [#lines]; says whether it was one. Malformed text is an [IllegalArgumentException].
        public boolean accept(String line) {
            try {
                return accept(JsonMapper.shared().readTree(line));
            } catch (JacksonException e) {
                throw new IllegalArgumentException(e.getOriginalMessage(), e);
            }
        }

        /// Takes one object; says whether it was one of [#write]'s.
        public boolean accept(JsonNode node) {
            if (node.has("split")) {
                SplitView split =
                        new SplitView(CommitJson.position(Json.need(node, "at")), Json.truth(node, "finished"));
                (Json.text(node, "in").equals("live") ? liveSplits : openSplits)
                        .put(new SplitId(Json.text(node, "split")), split);
            } else if (node.has("commit")) {
                ids.computeIfAbsent(laneId(node, "of"), l -> new CommitIds())
                        .put(Json.number(node, "commit"), new CommitId(Json.text(node, "id")));
            } else if (node.has("lane")) {
                Optional<Claimant> by = Json.optional(node, "claimant").map(CommitJson::claimant);
                lanes.put(
                        laneId(node, "lane"),
                        new LaneView(
                                Json.number(node, "last"),
                                by,
                                Json.number(node, "claimed_at"),
                                Json.number(node, "epoch")));
            } else if (node.has("live")) {
                live = content(node, "live");
            } else if (node.has("open")) {
                GenerationView content = content(node, "open");
                Generation generation = new Generation(content.id(), Json.choice(node, "kind", Generation.Kind.class));
                open = Optional.of(new OpenGeneration(generation, Json.text(node, "fingerprint"), content));
            } else {
                return false;
            }
            return true;
        }

        /// What the objects say, once all came.
        public Progress finish() {
            Optional<OpenGeneration> inTheMaking = open.map(o -> new OpenGeneration(
                    o.generation(), o.fingerprint(), o.content().withSplits(openSplits.map())));
            return Progress.restored(new ProgressView(lanes, live.withSplits(liveSplits.map()), inTheMaking), ids);
        }

        private static LaneId laneId(JsonNode node, String key) {
            return new LaneId(Math.toIntExact(Json.number(node, key)));
        }

        private static GenerationView content(JsonNode node, String key) {
            return new GenerationView(
                    new GenerationId(Json.number(node, key)),
                    SplitMap.EMPTY,
                    Json.schema(node, "schema"),
                    new StreamState(Json.text(node, "opening")),
                    CommitJson.counts(Json.need(node, "counts")),
                    CommitJson.rejects(node));
        }
    }
}
