package dev.wisent.connectors.sql.staged;

import dev.wisent.api.commit.GenerationId;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The tables of one target: what is kept as its identity with the progress.
///
/// @param live the one readers see
/// @param hidden that of the open generation
record TargetTables(Optional<KnownTable> live, Optional<Hidden> hidden) {
    static final TargetTables NONE = new TargetTables(Optional.empty(), Optional.empty());

    record Hidden(GenerationId generation, KnownTable table) {}

    Optional<KnownTable> of(GenerationId generation, boolean isLive) {
        return isLive
                ? live
                : hidden.filter(h -> h.generation().equals(generation)).map(Hidden::table);
    }

    TargetTables with(GenerationId generation, boolean isLive, KnownTable table) {
        return isLive
                ? new TargetTables(Optional.of(table), hidden)
                : new TargetTables(live, Optional.of(new Hidden(generation, table)));
    }

    TargetTables withoutHidden() {
        return new TargetTables(live, Optional.empty());
    }

    String text() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        live.ifPresent(table -> table.write(node.putObject("live")));
        hidden.ifPresent(h -> {
            ObjectNode to = node.putObject("hidden");
            to.put("generation", h.generation().number());
            h.table().write(to);
        });
        return node.toString();
    }

    static TargetTables parse(String text) {
        try {
            JsonNode node = JsonMapper.shared().readTree(text);
            return new TargetTables(
                    Optional.of(node.path("live")).filter(JsonNode::isObject).map(KnownTable::read),
                    Optional.of(node.path("hidden"))
                            .filter(JsonNode::isObject)
                            .map(h -> new Hidden(
                                    new GenerationId(h.path("generation").longValue()), KnownTable.read(h))));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no tables of a target: " + text, e);
        }
    }
}
