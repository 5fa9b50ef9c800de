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
/// @param gone why nothing can be read of it any more; empty: it can
record Stretch(
        Optional<Edge> since, Optional<Edge> edge, KeyToken after, KeyToken upTo, Sieve.Spec sieve, String gone) {
    static Stretch byCursor(Optional<Edge> since, Edge edge, KeyToken after, KeyToken upTo, Sieve.Spec sieve) {
        return new Stretch(since, Optional.of(edge), after, upTo, sieve, "");
    }

    /// Of the rows behind a key up to a cursor's value, in one go.
    static Stretch byCursor(Edge edge, KeyToken after, String gone) {
        return new Stretch(Optional.empty(), Optional.of(edge), after, KeyToken.BEGINNING, Sieve.Spec.NONE, gone);
    }

    /// Of all rows, by the first value of their keys.
    static Stretch byKey(KeyToken after, KeyToken upTo, String gone) {
        return new Stretch(Optional.empty(), Optional.empty(), after, upTo, Sieve.Spec.NONE, gone);
    }

    boolean isByCursor() {
        return edge.isPresent();
    }

    String text() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("since", since.map(Edge::text).orElse(""))
                .put("edge", edge.map(Edge::text).orElse(""))
                .put("after", after.text())
                .put("up_to", upTo.text())
                .put("sieve", sieve.text())
                .put("gone", gone)
                .toString();
    }

    static Stretch parse(String text) {
        JsonNode node = JsonMapper.shared().readTree(text);
        return new Stretch(
                edge(node.path("since").stringValue()),
                edge(node.path("edge").stringValue()),
                KeyToken.parse(node.path("after").stringValue()),
                KeyToken.parse(node.path("up_to").stringValue()),
                Sieve.Spec.parse(node.path("sieve").stringValue()),
                node.path("gone").stringValue(""));
    }

    private static Optional<Edge> edge(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new Edge(text));
    }
}
