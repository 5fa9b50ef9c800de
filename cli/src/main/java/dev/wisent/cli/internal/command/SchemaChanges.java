package dev.wisent.cli.internal.command;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// How a stream's columns differ from those that are stored.
final class SchemaChanges {
    private SchemaChanges() {}

    /// @param kind `new`, `changed` or `missing`
    record Change(String kind, String column, Optional<Field> stored, Optional<Field> now) {
        String text() {
            return switch (kind) {
                case "new" -> "+ " + column + "  " + now.map(Change::type).orElse("");
                case "missing" -> "- " + column + "  stays, and is absent in new rows";
                default ->
                    "~ " + column + "  " + stored.map(Change::type).orElse("") + " becomes "
                            + now.map(Change::type).orElse("");
            };
        }

        private static String type(Field field) {
            return field.type().text() + " " + Columns.nullability(field);
        }

        ObjectNode json() {
            ObjectNode node = Json.object().put("change", kind).put("column", column);
            stored.ifPresent(field -> node.put("stored", field.type().text()));
            now.ifPresent(field -> node.put("now", field.type().text()));
            return node;
        }
    }

    /// None when nothing is stored yet.
    static List<Change> between(Optional<Schema> stored, Schema now) {
        List<Change> changes = new ArrayList<>();
        if (stored.isEmpty()) {
            return changes;
        }
        Schema before = stored.get();
        for (Field field : now.fields()) {
            Optional<Field> old = find(before, field.name());
            if (old.isEmpty()) {
                changes.add(new Change("new", field.name(), old, Optional.of(field)));
            } else if (!old.get().equals(field)) {
                changes.add(new Change("changed", field.name(), old, Optional.of(field)));
            }
        }
        for (Field field : before.fields()) {
            if (now.indexOf(field.name()).isEmpty()) {
                changes.add(new Change("missing", field.name(), Optional.of(field), Optional.empty()));
            }
        }
        return changes;
    }

    private static Optional<Field> find(Schema schema, String name) {
        return schema.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst();
    }
}
