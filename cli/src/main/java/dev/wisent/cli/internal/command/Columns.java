package dev.wisent.cli.internal.command;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import tools.jackson.databind.node.ArrayNode;

/// The columns of a schema, as people and programs read them.
final class Columns {
    private Columns() {}

    static String nullability(Field field) {
        return field.isNullable() ? "nullable" : "required";
    }

    static ArrayNode json(Schema schema) {
        ArrayNode columns = Json.object().arrayNode();
        schema.fields()
                .forEach(field -> columns.addObject()
                        .put("name", field.name())
                        .put("type", field.type().text())
                        .put("nullable", field.isNullable()));
        return columns;
    }
}
