package dev.wisent.connectors.sql.staged;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.FieldNotes;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A part, as the fragment's description names it.
///
/// @param name its file's name in the stream's folder
/// @param columns what its rows have
/// @param primaryKey the columns its rows are merged by: each then says what it does to its target, in the columns of
///     [RowChanges]; none: all rows are inserts, and absent values are null
public record StagedPart(String name, Schema columns, List<String> primaryKey) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public StagedPart {
        primaryKey = List.copyOf(primaryKey);
    }

    /// The form [#parse] reads.
    public String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("part", name).put("columns", text(columns));
        ArrayNode key = node.putArray("primary_key");
        primaryKey.forEach(key::add);
        ObjectNode notes = JsonNodeFactory.instance.objectNode();
        for (Field field : columns.fields()) {
            if (!field.notes().equals(FieldNotes.NONE)) {
                ObjectNode each = notes.putObject(field.name())
                        .put("description", field.notes().description());
                field.notes().standard().ifPresent(value -> each.put("default", value));
            }
        }
        if (!notes.isEmpty()) {
            node.set("notes", notes);
        }
        return node.toString();
    }

    /// An unreadable one is an [IllegalArgumentException].
    public static StagedPart parse(String description) {
        try {
            JsonNode node = JSON.readTree(description);
            return new StagedPart(
                    node.path("part").stringValue(),
                    noted(schema(node.path("columns").stringValue()), node.path("notes")),
                    node.path("primary_key")
                            .valueStream()
                            .map(JsonNode::stringValue)
                            .toList());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no part: " + description, e);
        }
    }

    private static Schema noted(Schema columns, JsonNode notes) {
        return notes.isMissingNode()
                ? columns
                : Schema.of(columns.fields().stream()
                        .map(field -> field.noted(notes(notes.path(field.name()))))
                        .toList());
    }

    private static FieldNotes notes(JsonNode of) {
        return new FieldNotes(
                of.path("description").stringValue(""),
                Optional.of(of.path("default")).filter(JsonNode::isString).map(JsonNode::stringValue));
    }

    static String text(Schema schema) {
        return new DataType.Struct(schema.fields()).text();
    }

    static Schema schema(String text) {
        return TypeParser.parse(text) instanceof DataType.Struct struct ? Schema.of(struct.fields()) : Schema.of();
    }
}
