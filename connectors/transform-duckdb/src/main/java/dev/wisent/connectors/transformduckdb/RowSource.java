package dev.wisent.connectors.transformduckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a statement reads from: the rows of the batch, and lists of theirs taken apart.
///
/// @param alias what the statement calls the batch
/// @param batch the node that names the batch
/// @param unnests `FROM batch, unnest(list) AS table(column)`, in order
record RowSource(String alias, ObjectNode batch, List<Unnest> unnests) {
    private static final String TABLE = "batch";
    private static final String NAME_IT =
            "write FROM batch, unnest(list) AS t(item), or SELECT …, unnest(list) AS item";

    RowSource {
        unnests = List.copyOf(unnests);
    }

    /// A list taken apart.
    record Unnest(String table, String column, ObjectNode function) {}

    static RowSource of(ObjectNode select, RowRules rules) {
        List<ObjectNode> leaves = new ArrayList<>();
        leaves(select.path("from_table"), leaves, rules);
        ObjectNode first = leaves.getFirst();
        isBatch(first, rules);
        List<Unnest> unnests = new ArrayList<>();
        for (ObjectNode leaf : leaves.subList(1, leaves.size())) {
            unnests.add(unnest(leaf, rules));
        }
        String alias = Trees.text(first, "alias");
        return new RowSource(alias.isEmpty() ? Trees.text(first, "table_name") : alias, first, unnests);
    }

    private static void leaves(JsonNode from, List<ObjectNode> leaves, RowRules rules) {
        if (!Trees.text(from, "type").equals("JOIN")) {
            leaves.add((ObjectNode) from);
            return;
        }
        if (!Trees.text(from, "ref_type").equals("CROSS") || Trees.isGiven(from, "condition")) {
            throw rules.refused(
                    "a join", "of what stands beside batch, only unnest(…) after a comma can be used", place(from));
        }
        leaves(from.path("left"), leaves, rules);
        leaves(from.path("right"), leaves, rules);
    }

    private static OptionalInt place(JsonNode from) {
        OptionalInt here = RowRules.place(from);
        return here.isPresent() ? here : RowRules.place(from.path("left"));
    }

    private static void isBatch(ObjectNode from, RowRules rules) {
        String type = Trees.text(from, "type");
        if (type.equals("EMPTY")) {
            throw rules.refused("no table", "write SELECT … FROM batch", OptionalInt.empty());
        }
        if (type.equals("SUBQUERY")) {
            throw rules.refused("a subquery", "each row is all that a step sees", place(from));
        }
        String name = Trees.text(from, "table_name");
        boolean plain = type.equals("BASE_TABLE")
                && !Trees.isGiven(from, "sample")
                && !Trees.isGiven(from, "column_name_alias")
                && !Trees.isGiven(from, "at_clause");
        boolean qualified = !Trees.text(from, "schema_name").isEmpty()
                || !Trees.text(from, "catalog_name").isEmpty();
        if (type.equals("BASE_TABLE") && (qualified || !name.equalsIgnoreCase(TABLE))) {
            throw rules.refused(
                    "the table '" + name + "'", "the rows are the table 'batch', and there is no other", place(from));
        }
        if (!plain) {
            throw rules.refused(
                    type.equals("BASE_TABLE") ? "batch with a sample or new names" : "a " + words(type),
                    "write FROM batch, or FROM batch AS b",
                    place(from));
        }
    }

    private static Unnest unnest(ObjectNode from, RowRules rules) {
        String type = Trees.text(from, "type");
        ObjectNode function = from.path("function") instanceof ObjectNode call ? call : from;
        String name = Trees.text(function, "function_name");
        if (!type.equals("TABLE_FUNCTION") || !FunctionRules.isUnnest(name)) {
            throw rules.refused(
                    type.equals("TABLE_FUNCTION") ? "the table function " + name + "()" : "a second table",
                    "of what stands beside batch, only unnest(…) can be used",
                    place(from));
        }
        rules.expression(function.path("arguments"));
        List<String> columns = Trees.texts(from.path("column_name_alias"));
        if (function.path("arguments").size() != 1) {
            throw rules.refused("unnest with options", NAME_IT, place(from));
        }
        if (columns.size() != 1 || Trees.text(from, "alias").isEmpty()) {
            throw rules.refused("unnest without a name for its column", NAME_IT, place(from));
        }
        if (!Trees.text(from, "with_ordinality").equals("WITHOUT_ORDINALITY")) {
            throw rules.refused(
                    "WITH ORDINALITY", "unnest(list_zip(items, range(1, len(items) + 1))) gives numbers", place(from));
        }
        return new Unnest(Trees.text(from, "alias"), columns.getFirst(), function);
    }

    private static String words(String type) {
        return type.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
