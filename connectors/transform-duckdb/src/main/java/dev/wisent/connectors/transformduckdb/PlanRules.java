package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.WisentException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The second lock: whatever a statement looks like, the plan DuckDB makes of it holds only operators that take rows one by one
/// and keep their order.
final class PlanRules {
    private static final Set<String> ROW_BY_ROW =
            Set.of("PROJECTION", "FILTER", "UNNEST", "EMPTY_RESULT", BatchFeed.NAME.toUpperCase(Locale.ROOT));

    private PlanRules() {}

    static void check(Session session, String executed, String text) throws DuckError {
        String plan =
                session.rows("EXPLAIN (FORMAT json) " + executed).getFirst().getLast();
        Trees.JSON.readTree(plan).forEach(root -> check(root, text));
    }

    private static void check(JsonNode operator, String text) {
        String name = Trees.text(operator, "name").strip();
        if (!ROW_BY_ROW.contains(name)) {
            throw refused(name, text);
        }
        operator.path("children").forEach(child -> check(child, text));
    }

    private static WisentException refused(String operator, String text) {
        return SqlFailure.invalid(
                        "the SQL can't be evaluated row by row: DuckDB needs " + operator + " for it",
                        text,
                        OptionalInt.empty())
                .hint("projections, WHERE and unnest are what a step can do");
    }
}
