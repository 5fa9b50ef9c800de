package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.WisentException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Refuses, by name, what makes a result depend on more than the row: after a crash the same rows come in other batches, and
/// must give the same result.
final class RowRules {
    private static final Map<String, String> MODIFIERS = Map.of(
            "ORDER_MODIFIER", "ORDER BY",
            "LIMIT_MODIFIER", "LIMIT or OFFSET",
            "LIMIT_PERCENT_MODIFIER", "LIMIT",
            "DISTINCT_MODIFIER", "DISTINCT");
    private static final Set<String> ALLOWED = Set.of(
            "BETWEEN",
            "CASE",
            "CAST",
            "COLLATE",
            "COLUMN_REF",
            "COMPARISON",
            "CONJUNCTION",
            "CONSTANT",
            "LAMBDA",
            "LAMBDA_REF",
            "OPERATOR",
            "TYPE");

    private final String text;
    private final FunctionRules functions;
    private boolean sawUnnest;

    RowRules(String text, FunctionRules functions) {
        this.text = text;
        this.functions = functions;
    }

    /// Whether a checked statement unnests in what it selects.
    boolean sawUnnest() {
        return sawUnnest;
    }

    void check(ObjectNode select) {
        for (ObjectNode modifier : Trees.objects(select.path("modifiers"))) {
            String type = Trees.text(modifier, "type");
            throw moreThanOneRow(MODIFIERS.getOrDefault(type, type), firstPlace(modifier));
        }
        if (Trees.isGiven(select.path("cte_map"), "map")) {
            throw refused("WITH", "write the expressions where they are used, or two steps", OptionalInt.empty());
        }
        if (Trees.isGiven(select, "group_expressions")
                || Trees.isGiven(select, "group_sets")
                || !Trees.text(select, "aggregate_handling").equals("STANDARD_HANDLING")) {
            throw moreThanOneRow("GROUP BY", firstPlace(select.path("group_expressions")));
        }
        clause(select, "having", "HAVING");
        clause(select, "qualify", "QUALIFY");
        clause(select, "sample", "a sample");
        for (ObjectNode item : Trees.objects(select.path("select_list"))) {
            if (Trees.isStar(item)) {
                star(item);
            } else {
                expression(item);
            }
        }
        expression(select.path("where_clause"));
    }

    private void clause(ObjectNode select, String key, String name) {
        if (Trees.isGiven(select, key)) {
            throw moreThanOneRow(name, firstPlace(select.path(key)));
        }
    }

    /// `*`, with exceptions and replacements.
    private void star(ObjectNode star) {
        if (star.path("columns").asBoolean() || Trees.isGiven(star, "expr")) {
            throw columns(star);
        }
        star.path("replace_list").forEach(this::expression);
    }

    private WisentException columns(ObjectNode star) {
        return refused("COLUMNS(…)", "write the columns, or * with EXCLUDE and REPLACE", place(star));
    }

    /// `node` and all below it.
    void expression(JsonNode node) {
        if (node instanceof ObjectNode object && node.has("class")) {
            allowed(object);
        }
        node.forEach(this::expression);
    }

    private void allowed(ObjectNode node) {
        String kind = Trees.text(node, "class");
        switch (kind) {
            case "FUNCTION" -> function(node);
            case "WINDOW" ->
                throw moreThanOneRow("the window function " + Trees.text(node, "function_name") + "()", place(node));
            case "SUBQUERY" -> throw refused("a subquery", "each row is all that a step sees", place(node));
            case "STAR" -> throw columns(node);
            case "PARAMETER" -> throw refused("a parameter", "write the value, or a reference: ${NAME}", place(node));
            case "POSITIONAL_REFERENCE" -> throw refused("a column by its number", "name it", place(node));
            default -> {
                if (!ALLOWED.contains(kind)) {
                    throw refused(kind, "", place(node));
                }
            }
        }
    }

    private void function(ObjectNode node) {
        String name = Trees.text(node, "function_name");
        sawUnnest |= FunctionRules.isUnnest(name);
        functions.refusal(name, node.path("arguments").size()).ifPresent(why -> {
            throw refused(
                    why,
                    "use what is in the row; when it was loaded is in the envelope's columns, and counting is for the"
                            + " destination",
                    place(node));
        });
        if (node.path("distinct").asBoolean()
                || Trees.isGiven(node, "filter")
                || Trees.isGiven(node.path("order_bys"), "orders")) {
            throw moreThanOneRow("the aggregate " + name + "()", place(node));
        }
    }

    WisentException moreThanOneRow(String what, OptionalInt at) {
        return refused(
                what.contains("more than one row") ? what : what + ", which looks at more than one row",
                "a step gets rows in batches that may be cut anywhere, so each row must give its result by itself",
                at);
    }

    WisentException refused(String what, String hint, OptionalInt at) {
        return SqlFailure.invalid("the SQL uses " + what, text, at).hint(hint);
    }

    static OptionalInt place(JsonNode node) {
        JsonNode at = node.path("query_location");
        return at.canConvertToInt() ? OptionalInt.of(at.asInt()) : OptionalInt.empty();
    }

    private static OptionalInt firstPlace(JsonNode node) {
        List<Integer> places = new java.util.ArrayList<>();
        Trees.expressions(node, each -> place(each).ifPresent(places::add));
        return places.stream().mapToInt(Integer::intValue).min();
    }
}
