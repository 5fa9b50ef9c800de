package dev.wisent.connectors.postgres.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
/// @param forgotten splits of older windows
record Windows(Optional<Window> last, boolean isFinished, List<SplitId> forgotten) {
    private static final String NAME = "window-";

    /// @param number from 1
    /// @param since the edge of the window before; empty: it is the first one
    /// @param by the columns it is read in the order of
    /// @param bounds of the ranges of these columns it is read in; empty: it is read in one
    record Window(long number, Optional<Edge> since, Edge edge, List<String> by, List<List<String>> bounds) {
        Window {
            by = List.copyOf(by);
            bounds = List.copyOf(bounds);
        }

        int parts() {
            return bounds.size() + 1;
        }

        SplitId id(int part) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("part", part)
                    .put("since", since.map(Edge::text).orElse(""))
                    .put("edge", edge.text());
            Tokens.put(node, "by", by);
            ArrayNode array = node.putArray("bounds");
            bounds.forEach(bound -> array.add(Tokens.array(bound)));
            return new SplitId(NAME + number + " " + node);
        }

        private static Window parse(SplitId id) {
            JsonNode node =
                    JsonMapper.shared().readTree(id.value().substring(id.value().indexOf(' ') + 1));
            List<List<String>> bounds = new ArrayList<>();
            node.get("bounds").forEach(bound -> bounds.add(Tokens.list(bound)));
            String since = node.get("since").stringValue();
            return new Window(
                    Windows.number(id),
                    since.isEmpty() ? Optional.empty() : Optional.of(new Edge(since)),
                    new Edge(node.get("edge").stringValue()),
                    Tokens.list(node.get("by")),
                    bounds);
        }

        /// The one after it.
        Window next(Edge further, List<String> order) {
            return new Window(number + 1, Optional.of(edge), further, order, List.of());
        }

        /// The condition of its rows.
        String filter(String column) {
            return since.map(before -> before.beyond(column) + " AND ").orElse("") + edge.within(column);
        }
    }

    static Windows of(GenerationView progress) {
        List<SplitId> all = progress.startingWith(NAME);
        long newest = all.stream().mapToLong(Windows::number).max().orElse(0);
        List<SplitId> old = all.stream().filter(id -> number(id) < newest).toList();
        Optional<Window> last =
                all.stream().filter(id -> number(id) == newest).findFirst().map(Window::parse);
        boolean finished = true;
        for (int part = 0; last.isPresent() && part < last.get().parts(); part++) {
            finished &= progress.isFinished(last.get().id(part));
        }
        return new Windows(last, finished, old);
    }

    private static long number(SplitId id) {
        return Long.parseLong(id.value().substring(NAME.length(), id.value().indexOf(' ')));
    }
}
