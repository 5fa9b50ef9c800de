package dev.wisent.connectors.sql.staged;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A part, as the fragment's description names it.
///
/// @param name its file's name in the stream's folder
/// @param columns what its rows have
/// @param changes whether each row says what it does to its target, in the columns of [RowChanges]
public record StagedPart(String name, Schema columns, Changes changes) {
    /// What a part says of its rows.
    public enum Changes {
        /// All rows are inserts, and absent values are null.
        NONE,
        /// Each row has its operation and the names of its absent columns.
        EACH_ROW
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    /// The form [#parse] reads.
    public String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("part", name).put("columns", text(columns)).put("changes", changes == Changes.EACH_ROW);
        return node.toString();
    }

    /// An unreadable one is an [IllegalArgumentException].
    public static StagedPart parse(String description) {
        try {
            JsonNode node = JSON.readTree(description);
            return new StagedPart(
                    node.path("part").stringValue(),
                    schema(node.path("columns").stringValue()),
                    node.path("changes").booleanValue() ? Changes.EACH_ROW : Changes.NONE);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no part: " + description, e);
        }
    }

    static String text(Schema schema) {
        return new DataType.Struct(schema.fields()).text();
    }

    static Schema schema(String text) {
        return TypeParser.parse(text) instanceof DataType.Struct struct ? Schema.of(struct.fields()) : Schema.of();
    }
}
