package dev.wisent.connectors.sql.staged;

import dev.wisent.columnar.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A table Wisent made, as it left it.
///
/// @param mark what is written in the table itself: one made anew by somebody else lacks it
/// @param columns of Wisent's types
/// @param fill whether there were rows in it after the last commit
/// @param content what its rows are
record KnownTable(String mark, Schema columns, Fill fill, Content content) {
    enum Fill {
        EMPTY,
        ROWS
    }

    enum Content {
        /// Those that readers see, or will see.
        ROWS,
        /// Rows to be merged when their generation is published, each with what it does.
        CHANGES
    }

    KnownTable with(Schema others) {
        return new KnownTable(mark, others, fill, content);
    }

    KnownTable filled(Fill now) {
        return new KnownTable(mark, columns, now, content);
    }

    void write(ObjectNode to) {
        to.put("mark", mark)
                .put("columns", StagedPart.text(columns))
                .put("rows", fill == Fill.ROWS)
                .put("changes", content == Content.CHANGES);
    }

    static KnownTable read(JsonNode from) {
        return new KnownTable(
                from.path("mark").stringValue(),
                StagedPart.schema(from.path("columns").stringValue()),
                from.path("rows").booleanValue() ? Fill.ROWS : Fill.EMPTY,
                from.path("changes").booleanValue() ? Content.CHANGES : Content.ROWS);
    }
}
