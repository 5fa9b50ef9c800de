package dev.wisent.connectors.sql.read;

import dev.wisent.connectors.sql.cursor.Edge;
import dev.wisent.connectors.sql.cursor.Sieve;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// The rows of a split, as its reader is told.
///
/// @param since the edge of the cursor they lie beyond; empty: none
/// @param edge of the cursor they lie within; empty: all rows are read, not by a cursor
/// @param after the key of the last row before them
/// @param upTo the key of the last one there may be; none: it is open
/// @param sieve what is left out and remembered
record Stretch(Optional<Edge> since, Optional<Edge> edge, KeyToken after, KeyToken upTo, Sieve.Spec sieve) {
    static final Stretch ALL =
            new Stretch(Optional.empty(), Optional.empty(), KeyToken.BEGINNING, KeyToken.BEGINNING, Sieve.Spec.NONE);

    boolean isAll() {
        return edge.isEmpty();
    }

    String text() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("since", since.map(Edge::text).orElse(""))
                .put("edge", edge.map(Edge::text).orElse(""))
                .put("after", after.text())
                .put("up_to", upTo.text())
                .put("sieve", sieve.text())
                .toString();
    }

    static Stretch parse(String text) {
        JsonNode node = JsonMapper.shared().readTree(text);
        return new Stretch(
                edge(node.path("since").stringValue()),
                edge(node.path("edge").stringValue()),
                KeyToken.parse(node.path("after").stringValue()),
                KeyToken.parse(node.path("up_to").stringValue()),
                Sieve.Spec.parse(node.path("sieve").stringValue()));
    }

    private static Optional<Edge> edge(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new Edge(text));
    }
}
