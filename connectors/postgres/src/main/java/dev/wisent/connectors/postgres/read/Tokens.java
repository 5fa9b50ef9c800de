package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Values of keys and cursors, as the texts the server prints: in positions, in splits, in statements.
final class Tokens {
    private Tokens() {}

    /// The token of a position; empty values: an empty one.
    static String text(List<String> values) {
        return values.isEmpty() ? "" : array(values).toString();
    }

    /// The values of a position's token.
    static List<String> values(String token) {
        return token.isEmpty() ? List.of() : list(JsonMapper.shared().readTree(token));
    }

    /// As SQL: literals without a type take that of what they are compared with.
    static String row(List<String> values) {
        List<String> literals = values.stream().map(Session::literal).toList();
        return literals.size() == 1 ? literals.getFirst() : "(" + String.join(", ", literals) + ")";
    }

    static ArrayNode array(List<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    static void put(ObjectNode node, String name, List<String> values) {
        node.set(name, array(values));
    }

    static List<String> list(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.stringValue()));
        return values;
    }
}
