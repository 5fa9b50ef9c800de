package dev.wisent.connectors.sql.cursor;

import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The windows of an incremental stream. Each begins where the one before it ended, and its splits' names say its number, its
/// edge and all its parts: so everything follows from the progress, and a window that was begun is read to the same edge.
///
/// @param last the window the progress names last; empty: none yet
/// @param isFinished whether all its parts are read
/// @param remembered the window whose [Tail] the next one, or the one that is not finished, reads again; empty: none
/// @param forgotten splits of older windows
public record Windows(Optional<Window> last, boolean isFinished, Optional<Window> remembered, List<SplitId> forgotten) {
    private static final String NAME = "window-";

    /// @param number from 1
    /// @param since the edge of the window before; empty: it is the first one
    /// @param by the columns it is read in the order of
    /// @param bounds of the ranges of these columns it is read in; empty: it is read in one
    /// @param table tells the table from one that takes its place; empty: nothing does
    /// @param tail its end that the next window reads again; empty: none
    public record Window(
            long number,
            Optional<Edge> since,
            Edge edge,
            List<String> by,
            List<List<String>> bounds,
            String table,
            Optional<Tail> tail) {
        /// One that is read once, of a table that stays.
        public Window(long number, Optional<Edge> since, Edge edge, List<String> by, List<List<String>> bounds) {
            this(number, since, edge, by, bounds, "", Optional.empty());
        }

        public Window {
            by = List.copyOf(by);
            bounds = List.copyOf(bounds);
        }

        /// Those of its tail come last.
        public int parts() {
            return bounds.size() + 1 + tail.map(Tail::parts).orElse(0);
        }

        /// Which range of the tail a part is; negative: none.
        public int range(int part) {
            return part - bounds.size() - 1;
        }

        public SplitId id(int part) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("part", part)
                    .put("since", since.map(Edge::text).orElse(""))
                    .put("edge", edge.text());
            node.set("by", array(by));
            ArrayNode all = node.putArray("bounds");
            bounds.forEach(bound -> all.add(array(bound)));
            if (!table.isEmpty()) {
                node.put("table", table);
            }
            tail.ifPresent(end -> put(node, end));
            return new SplitId(NAME + number + " " + node);
        }

        private static void put(ObjectNode node, Tail tail) {
            ObjectNode end = node.putObject("tail");
            end.put("above", tail.above()).put("types", tail.types());
            end.set("by", array(tail.by()));
            ArrayNode ranges = end.putArray("bounds");
            tail.bounds().forEach(bound -> ranges.add(array(bound)));
        }

        private static Optional<Tail> tail(JsonNode node) {
            if (!node.has("tail")) {
                return Optional.empty();
            }
            JsonNode end = node.get("tail");
            List<List<String>> ranges = new ArrayList<>();
            end.get("bounds").forEach(bound -> ranges.add(list(bound)));
            return Optional.of(new Tail(
                    end.get("above").stringValue(),
                    list(end.get("by")),
                    end.get("types").stringValue(),
                    ranges));
        }

        private static Window parse(SplitId id) {
            JsonNode node =
                    JsonMapper.shared().readTree(id.value().substring(id.value().indexOf(' ') + 1));
            List<List<String>> bounds = new ArrayList<>();
            node.get("bounds").forEach(bound -> bounds.add(list(bound)));
            String since = node.get("since").stringValue();
            return new Window(
                    Windows.number(id),
                    since.isEmpty() ? Optional.empty() : Optional.of(new Edge(since)),
                    new Edge(node.get("edge").stringValue()),
                    list(node.get("by")),
                    bounds,
                    node.has("table") ? node.get("table").stringValue() : "",
                    tail(node));
        }

        /// The one after it.
        public Window next(Edge further, List<String> order) {
            return new Window(number + 1, Optional.of(edge), further, order, List.of());
        }

        public Window of(String identity) {
            return new Window(number, since, edge, by, bounds, identity, tail);
        }

        public Window with(Tail end) {
            return new Window(number, since, edge, by, bounds, table, Optional.of(end));
        }

        /// The condition of its rows.
        ///
        /// @param literal spells a value of `column` as a statement does
        public String filter(String column, UnaryOperator<String> literal) {
            return since.map(before -> before.beyond(column, literal) + " AND ").orElse("")
                    + edge.within(column, literal);
        }

        /// The condition of the rows of a part, but for the range of the key it is.
        ///
        /// @param literal spells a value of `column` as a statement does
        public String filter(int part, String column, UnaryOperator<String> literal) {
            if (tail.isEmpty()) {
                return filter(column, literal);
            }
            Edge below = Edge.upTo(tail.get().above());
            return range(part) < 0
                    ? since.map(before -> before.beyond(column, literal) + " AND ")
                                    .orElse("")
                            + below.within(column, literal)
                    : below.beyond(column, literal) + " AND " + edge.within(column, literal);
        }
    }

    public static Windows of(GenerationView progress) {
        List<SplitId> all = progress.startingWith(NAME).stream()
                .filter(id -> id.value().indexOf(' ') > 0)
                .toList();
        long newest = all.stream().mapToLong(Windows::number).max().orElse(0);
        Optional<Window> last = numbered(all, newest);
        boolean finished = true;
        for (int part = 0; last.isPresent() && part < last.get().parts(); part++) {
            finished &= progress.isFinished(last.get().id(part));
        }
        Optional<Window> remembered = (finished ? last : numbered(all, newest - 1))
                .filter(window -> window.tail().isPresent());
        long kept = remembered.map(Window::number).orElse(newest);
        return new Windows(
                last,
                finished,
                remembered,
                all.stream().filter(id -> number(id) < kept).toList());
    }

    private static Optional<Window> numbered(List<SplitId> splits, long number) {
        return splits.stream().filter(id -> number(id) == number).findFirst().map(Window::parse);
    }

    /// The rows that were handed out and that the next window, or the one that is not finished, meets again.
    public SeenRows seen(GenerationView progress) {
        SeenRows seen = new SeenRows();
        remembered.ifPresent(window -> {
            for (int part = window.bounds().size() + 1; part < window.parts(); part++) {
                seen.addAll(Sieve.seen(progress.position(window.id(part)).token()));
            }
        });
        return seen;
    }

    private static long number(SplitId id) {
        return Long.parseLong(id.value().substring(NAME.length(), id.value().indexOf(' ')));
    }

    private static ArrayNode array(List<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static List<String> list(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.stringValue()));
        return values;
    }
}
