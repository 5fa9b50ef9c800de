package dev.wisent.connectors.sql.read;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The values of the order columns of a row, as a position's token; none: the beginning.
record KeyToken(List<String> values) {
    static final KeyToken BEGINNING = new KeyToken(List.of());
    private static final String BY = "by";
    private static final String AT = "at";

    KeyToken {
        values = List.copyOf(values);
    }

    String text() {
        return values.isEmpty() ? "" : array(values).toString();
    }

    /// The same, with the names of the columns, for whoever reads on in a later run.
    String text(List<String> by) {
        if (values.isEmpty()) {
            return "";
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set(BY, array(by));
        node.set(AT, array(values));
        return node.toString();
    }

    private static ArrayNode array(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    static KeyToken parse(String text) {
        if (text.isEmpty()) {
            return BEGINNING;
        }
        try {
            JsonNode node = JsonMapper.shared().readTree(text);
            return new KeyToken(texts(node.isObject() ? node.path(AT) : node));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no key: " + text, e);
        }
    }

    /// The names of the columns in a text; empty: it has none.
    static Optional<List<String>> by(String text) {
        return text.startsWith("{")
                ? Optional.of(texts(JsonMapper.shared().readTree(text).path(BY)))
                : Optional.empty();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }
}
