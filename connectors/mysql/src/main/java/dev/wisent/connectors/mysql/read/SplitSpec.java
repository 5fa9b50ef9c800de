package dev.wisent.connectors.mysql.read;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Which rows of its stream a split has, and how they are read.
///
/// @param where the condition of its rows; empty: all
/// @param order the columns they are read in the order of, no two rows having the same values; empty: one statement reads
///     all, and only its end is a place to go on from
/// @param rowBytes how long a row is, about; 0: not known
/// @param gone why it can't be read on any more; empty: it can
/// @param sieve what it leaves out and remembers; empty: nothing
record SplitSpec(String where, List<String> order, long rowBytes, String gone, String sieve) {
    /// One that is read once.
    SplitSpec(String where, List<String> order, long rowBytes, String gone) {
        this(where, order, rowBytes, gone, "");
    }

    SplitSpec {
        order = List.copyOf(order);
    }

    String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("where", where).put("row_bytes", rowBytes).put("gone", gone).put("sieve", sieve);
        node.set("order", Tokens.array(order));
        return node.toString();
    }

    static SplitSpec parse(String json) {
        JsonNode node = JsonMapper.shared().readTree(json);
        return new SplitSpec(
                node.get("where").stringValue(),
                Tokens.list(node.get("order")),
                node.get("row_bytes").longValue(),
                node.get("gone").stringValue(),
                node.get("sieve").stringValue());
    }
}
