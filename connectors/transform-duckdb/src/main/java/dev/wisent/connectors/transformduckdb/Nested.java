package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.StructColumn;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Structs, lists and maps as JSON whose values are all texts: exact in both directions, since DuckDB casts each text to its
/// type and back.
final class Nested {
    private Nested() {}

    static byte[] json(Column from, int row) {
        return Trees.JSON.writeValueAsBytes(node(from, row));
    }

    private static JsonNode node(Column from, int row) {
        if (from.isNull(row)) {
            return Trees.JSON.nullNode();
        }
        return switch (from) {
            case StructColumn struct -> object(struct, row);
            case ListColumn list -> {
                ArrayNode array = Trees.JSON.createArrayNode();
                for (int i = 0; i < list.length(row); i++) {
                    array.add(node(list.elements(), list.start(row) + i));
                }
                yield array;
            }
            case MapColumn map -> entries(map, row);
            default -> Trees.JSON.getNodeFactory().stringNode(Leaves.text(from, row));
        };
    }

    private static ObjectNode object(StructColumn struct, int row) {
        ObjectNode object = Trees.JSON.createObjectNode();
        List<Field> fields = ((DataType.Struct) struct.type()).fields();
        for (int i = 0; i < fields.size(); i++) {
            object.set(fields.get(i).name(), node(struct.children().get(i), row));
        }
        return object;
    }

    private static ObjectNode entries(MapColumn map, int row) {
        ObjectNode object = Trees.JSON.createObjectNode();
        for (int i = 0; i < map.length(row); i++) {
            int entry = map.start(row) + i;
            String key = Leaves.text(map.keys(), entry);
            if (object.has(key)) {
                throw new Unfit("a map has two entries of the key '" + key + "'");
            }
            object.set(key, node(map.values(), entry));
        }
        return object;
    }

    static void append(String json, Column to) {
        append(Trees.JSON.readTree(json), to);
    }

    private static void append(JsonNode node, Column to) {
        if (node.isNull()) {
            to.appendNull();
            return;
        }
        switch (to) {
            case StructColumn struct -> {
                List<Field> fields = ((DataType.Struct) struct.type()).fields();
                for (int i = 0; i < fields.size(); i++) {
                    append(node.path(fields.get(i).name()), struct.children().get(i));
                }
                struct.endRow();
            }
            case ListColumn list -> {
                node.forEach(element -> append(element, list.elements()));
                list.endRow();
            }
            case MapColumn map -> {
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    Leaves.append(entry.getKey(), map.keys());
                    append(entry.getValue(), map.values());
                }
                map.endRow();
            }
            default -> Leaves.append(node.asString(), to);
        }
    }
}
