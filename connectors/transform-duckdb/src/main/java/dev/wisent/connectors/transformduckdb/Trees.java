package dev.wisent.connectors.transformduckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// DuckDB's syntax trees, in JSON.
final class Trees {
    static final ObjectMapper JSON = JsonMapper.builder().build();

    private Trees() {}

    static List<ObjectNode> objects(JsonNode array) {
        List<ObjectNode> objects = new ArrayList<>();
        array.forEach(node -> objects.add((ObjectNode) node));
        return objects;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asString()));
        return texts;
    }

    /// The text at `key`; empty when there is none.
    static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isString() ? value.asString() : "";
    }

    static boolean isGiven(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return !value.isMissingNode() && !value.isNull() && !(value.isContainer() && value.isEmpty());
    }

    /// Hands over `node` and every object below it that is an expression.
    static void expressions(JsonNode node, Consumer<ObjectNode> each) {
        if (node instanceof ObjectNode object && node.has("class")) {
            each.accept(object);
        }
        node.forEach(child -> expressions(child, each));
    }

    static boolean isColumn(JsonNode node) {
        return text(node, "class").equals("COLUMN_REF");
    }

    static boolean isStar(JsonNode node) {
        return text(node, "class").equals("STAR");
    }

    /// The parts of a column's name.
    static List<String> path(JsonNode column) {
        return texts(column.path("column_names"));
    }
}
