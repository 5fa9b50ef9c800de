package dev.wisent.api.commit;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.FieldNotes;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads stored JSON strictly: a missing key or a value of another kind is an [IllegalArgumentException] that names
/// the key.
final class Json {
    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String text(JsonNode node, String key) {
        return need(node, key).stringValueOpt().orElseThrow(() -> refused(key, "is no text"));
    }

    static long number(JsonNode node, String key) {
        return number(need(node, key), key, 0);
    }

    static long number(JsonNode array, String key, int index) {
        JsonNode value = array.isArray() ? element(array, key, index) : array;
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw refused(key, "is no whole number");
        }
        return value.longValue();
    }

    static String text(JsonNode array, String key, int index) {
        return element(array, key, index).stringValueOpt().orElseThrow(() -> refused(key, "is no text"));
    }

    static boolean truth(JsonNode node, String key) {
        JsonNode value = need(node, key);
        if (!value.isBoolean()) {
            throw refused(key, "is neither true nor false");
        }
        return value.booleanValue();
    }

    static <E extends Enum<E>> E choice(JsonNode node, String key, Class<E> type) {
        return Enum.valueOf(type, text(node, key).toUpperCase(Locale.ROOT));
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static Optional<JsonNode> optional(JsonNode node, String key) {
        return Optional.ofNullable(node.get(key));
    }

    static JsonNode need(JsonNode node, String key) {
        return optional(node, key).orElseThrow(() -> refused(key, "is missing"));
    }

    static <T> List<T> list(JsonNode node, String key, Function<JsonNode, T> read) {
        JsonNode array = need(node, key);
        if (!array.isArray()) {
            throw refused(key, "is no list");
        }
        List<T> items = new ArrayList<>(array.size());
        array.forEach(item -> items.add(read.apply(item)));
        return items;
    }

    static ArrayNode schema(Schema schema) {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        for (Field field : schema.fields()) {
            ObjectNode node = fields.addObject()
                    .put("name", field.name())
                    .put("type", field.type().text())
                    .put("nullable", field.isNullable());
            if (!field.notes().description().isEmpty()) {
                node.put("description", field.notes().description());
            }
            field.notes().standard().ifPresent(value -> node.put("default", value));
        }
        return fields;
    }

    static Optional<Schema> schema(JsonNode node, String key) {
        return optional(node, key).map(s -> Schema.of(list(node, key, Json::field)));
    }

    private static Field field(JsonNode node) {
        String name = text(node, "name");
        var type = TypeParser.parse(text(node, "type"));
        FieldNotes notes = new FieldNotes(
                node.path("description").stringValue(""),
                Optional.of(node.path("default")).filter(JsonNode::isString).map(JsonNode::stringValue));
        Field field = truth(node, "nullable") ? Field.nullable(name, type) : Field.required(name, type);
        return field.noted(notes);
    }

    private static JsonNode element(JsonNode array, String key, int index) {
        if (!array.isArray() || index >= array.size()) {
            throw refused(key, "has too few elements");
        }
        return array.get(index);
    }

    private static IllegalArgumentException refused(String key, String why) {
        return new IllegalArgumentException("'" + key + "' " + why);
    }
}
