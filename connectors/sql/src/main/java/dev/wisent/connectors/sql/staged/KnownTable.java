package dev.wisent.connectors.sql.staged;

import dev.wisent.columnar.Schema;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A table Wisent made, as it left it.
///
/// @param mark what is written in the table itself: one made anew by somebody else lacks it
/// @param columns of Wisent's types
/// @param fill whether there were rows in it after the last commit
/// @param mergedBy the key its rows will be merged by when their generation is published, each with what it does; none: they
///     are rows as readers see them
record KnownTable(String mark, Schema columns, Fill fill, List<String> mergedBy) {
    enum Fill {
        EMPTY,
        ROWS
    }

    KnownTable with(Schema others) {
        return new KnownTable(mark, others, fill, mergedBy);
    }

    KnownTable filled(Fill now) {
        return new KnownTable(mark, columns, now, mergedBy);
    }

    void write(ObjectNode to) {
        to.put("mark", mark).put("columns", StagedPart.text(columns)).put("rows", fill == Fill.ROWS);
        ArrayNode key = to.putArray("merged_by");
        mergedBy.forEach(key::add);
    }

    static KnownTable read(JsonNode from) {
        return new KnownTable(
                from.path("mark").stringValue(),
                StagedPart.schema(from.path("columns").stringValue()),
                from.path("rows").booleanValue() ? Fill.ROWS : Fill.EMPTY,
                from.path("merged_by").valueStream().map(JsonNode::stringValue).toList());
    }
}
