package dev.wisent.cli.internal.command;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Objects of `--json`. Each says which version of its shape it is: keys are added, never changed or removed within one.
final class Json {
    private static final int VERSION = 1;

    private Json() {}

    static ObjectNode versioned() {
        return object().put("version", VERSION);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array(Iterable<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
