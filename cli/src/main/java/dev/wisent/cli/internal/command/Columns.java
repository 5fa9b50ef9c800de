package dev.wisent.cli.internal.command;

import dev.wisent.cli.internal.console.Console;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The columns of a schema, as people and programs read them.
final class Columns {
    private Columns() {}

    static String nullability(Field field) {
        return field.isNullable() ? "nullable" : "required";
    }

    /// What a configuration says of columns may hold a secret: it is masked.
    static ArrayNode json(Schema schema, Console console) {
        ArrayNode columns = Json.object().arrayNode();
        for (Field field : schema.fields()) {
            ObjectNode node = columns.addObject()
                    .put("name", field.name())
                    .put("type", field.type().text())
                    .put("nullable", field.isNullable());
            if (!field.notes().description().isEmpty()) {
                node.put("description", console.masked(field.notes().description()));
            }
            field.notes().standard().ifPresent(value -> node.put("default", console.masked(value)));
        }
        return columns;
    }
}
