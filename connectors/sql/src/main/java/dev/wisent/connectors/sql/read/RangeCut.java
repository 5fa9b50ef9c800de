package dev.wisent.connectors.sql.read;

import dev.wisent.api.StreamState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How a table is cut for a full read.
///
/// @param order the columns it is read in the order of, and the version of their values; empty: not known, by an earlier
///     version
/// @param bounds the last value of the first of them in each range but the last
record RangeCut(Optional<List<String>> order, List<String> bounds) {
    RangeCut {
        order = order.map(List::copyOf);
        bounds = List.copyOf(bounds);
    }

    static RangeCut of(ReadTable table, List<String> bounds) {
        return new RangeCut(Optional.of(order(table)), bounds);
    }

    private static List<String> order(ReadTable table) {
        List<String> order = new ArrayList<>(Statements.names(table.order()));
        if (!table.version().isEmpty()) {
            order.add(table.version());
        }
        return order;
    }

    /// Of a generation that was begun.
    static RangeCut kept(StreamState opening) {
        JsonNode node = opening.isEmpty()
                ? JsonNodeFactory.instance.objectNode()
                : JsonMapper.shared().readTree(opening.json());
        return new RangeCut(
                node.has("order") ? Optional.of(texts(node.path("order"))) : Optional.empty(),
                texts(node.path("bounds")));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    StreamState state() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode columns = node.putArray("order");
        order.orElse(List.of()).forEach(columns::add);
        ArrayNode values = node.putArray("bounds");
        bounds.forEach(values::add);
        return new StreamState(node.toString());
    }

    /// Whether the table is still read in the same order.
    boolean isOf(ReadTable table) {
        return order.isEmpty() || order.get().equals(order(table));
    }

    int count() {
        return bounds.size() + 1;
    }

    /// The key before range `index`, from 0.
    KeyToken after(int index) {
        return index == 0 ? KeyToken.BEGINNING : new KeyToken(List.of(bounds.get(index - 1)));
    }

    /// The last key of a range; none: it is open.
    KeyToken upTo(int index) {
        return index == bounds.size() ? KeyToken.BEGINNING : new KeyToken(List.of(bounds.get(index)));
    }

    /// A range, for people.
    String text(int index) {
        String name = order.orElseThrow().getFirst();
        return (index == 0 ? "" : bounds.get(index - 1) + " < ")
                + name
                + (index == bounds.size() ? "" : " <= " + bounds.get(index));
    }
}
