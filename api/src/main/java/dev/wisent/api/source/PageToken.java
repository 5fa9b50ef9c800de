package dev.wisent.api.source;

import dev.wisent.api.Position;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a position in a chain of pages remembers, as the JSON of its token.
///
/// @param next fetches the next page; empty: there is none
/// @param cursor the highest one so far
record PageToken(Optional<String> next, Optional<String> cursor) {
    static PageToken of(Position position) {
        if (position.token().isEmpty()) {
            return new PageToken(Optional.empty(), Optional.empty());
        }
        JsonNode node = JsonMapper.shared().readTree(position.token());
        return new PageToken(text(node, "next"), text(node, "cursor"));
    }

    private static Optional<String> text(JsonNode node, String key) {
        return node.optional(key).flatMap(JsonNode::stringValueOpt);
    }

    Position at(long page) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        next.ifPresent(text -> node.put("next", text));
        cursor.ifPresent(text -> node.put("cursor", text));
        return new Position(page, node.toString());
    }
}
