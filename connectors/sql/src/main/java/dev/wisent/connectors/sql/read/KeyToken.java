package dev.wisent.connectors.sql.read;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The values of the order columns of a row, as a position's token; none: the beginning.
record KeyToken(List<String> values) {
    static final KeyToken BEGINNING = new KeyToken(List.of());

    KeyToken {
        values = List.copyOf(values);
    }

    String text() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return values.isEmpty() ? "" : array.toString();
    }

    static KeyToken parse(String text) {
        if (text.isEmpty()) {
            return BEGINNING;
        }
        try {
            return new KeyToken(JsonMapper.shared()
                    .readTree(text)
                    .valueStream()
                    .map(JsonNode::stringValue)
                    .toList());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no key: " + text, e);
        }
    }
}
