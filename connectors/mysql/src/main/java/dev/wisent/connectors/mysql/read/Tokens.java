package dev.wisent.connectors.mysql.read;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Values of keys and cursors, as the texts the server prints: in positions and splits.
final class Tokens {
    private Tokens() {}

    /// The token of a position; no values: an empty one.
    static String text(List<String> values) {
        return values.isEmpty() ? "" : array(values).toString();
    }

    /// The values of a position's token.
    static List<String> values(String token) {
        return token.isEmpty() ? List.of() : list(JsonMapper.shared().readTree(token));
    }

    static ArrayNode array(List<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    static List<String> list(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.stringValue()));
        return values;
    }
}
