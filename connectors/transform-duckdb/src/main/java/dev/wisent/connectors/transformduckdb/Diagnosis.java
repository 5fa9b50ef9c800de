package dev.wisent.connectors.transformduckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A second statement that says of each row whether the first one would fail on it, by DuckDB's `TRY`: many bad rows cost one
/// more execution instead of one each. It answers for expressions, not for what happens to values on their way, so
/// its answer is tested before it is believed.
final class Diagnosis {
    private static final String WHERE = "the where of the statement";
    private static final String ITEM = "an item of the statement ";
    private static final String FAIL =
            "SELECT CASE WHEN CAST('no number' || CAST(\"argument\" AS VARCHAR) AS INTEGER) IS NULL THEN NULL END";

    private final Session session;
    private final String sql;

    private Diagnosis(Session session, String sql) {
        this.session = session;
        this.sql = sql;
    }

    /// Empty when there can be none: `unnest` can't be tried.
    ///
    /// @param rewritten the statement as DuckDB gets it, the row's number first
    static Optional<Diagnosis> of(Session session, Select select, ObjectNode rewritten) {
        if (select.unnests()) {
            return Optional.empty();
        }
        try {
            String sql = session.deserialized(tree(session, select, rewritten));
            session.prepare(sql).close();
            return Optional.of(new Diagnosis(session, sql));
        } catch (DuckError notTriable) {
            // TRY takes no function DuckDB calls volatile, and items may refer to each other: halves tell as well.
            return Optional.empty();
        }
    }

    private static ObjectNode tree(Session session, Select select, ObjectNode rewritten) throws DuckError {
        List<JsonNode> tried = expressions(select);
        StringBuilder cases = new StringBuilder("SELECT 0, CASE ");
        boolean filtered = Trees.isGiven(rewritten, "where_clause");
        if (filtered) {
            String value = "TRY({'v': " + Session.quoted(WHERE) + "})";
            cases.append("WHEN ")
                    .append(value)
                    .append(" IS NULL THEN 1 WHEN NOT coalesce(CAST(")
                    .append(value)
                    .append(".v AS BOOLEAN), false) THEN 0 ");
        }
        for (int i = 0; i < tried.size(); i++) {
            cases.append("WHEN TRY({'v': ").append(Session.quoted(ITEM + i)).append("}) IS NULL THEN 1 ");
        }
        ObjectNode tree =
                session.serialized(cases.append("ELSE 0 END FROM batch").toString());
        ((ArrayNode) tree.path("select_list"))
                .set(0, rewritten.path("select_list").get(0));
        JsonNode fail =
                session.serialized(FAIL + " FROM batch").path("select_list").get(0);
        tree.set("from_table", rewritten.path("from_table"));
        return (ObjectNode) replaced(tree, tried, rewritten.path("where_clause"), fail);
    }

    private static List<JsonNode> expressions(Select select) {
        List<JsonNode> expressions = new ArrayList<>();
        for (ObjectNode item : select.items()) {
            if (Trees.isStar(item)) {
                item.path("replace_list").forEach(pair -> expressions.add(pair.path("value")));
            } else if (!Trees.isColumn(item)) {
                expressions.add(item);
            }
        }
        return expressions;
    }

    /// Puts the statement's expressions where their names stand, and something that fails for `error(…)`, which TRY does not
    /// take.
    private static JsonNode replaced(JsonNode node, List<JsonNode> items, JsonNode where, JsonNode fail) {
        if (Trees.isColumn(node) && Trees.path(node).size() == 1) {
            String name = Trees.path(node).getFirst();
            if (name.equals(WHERE)) {
                return replaced(bare(where), items, where, fail);
            }
            if (name.startsWith(ITEM)) {
                return replaced(bare(items.get(Integer.parseInt(name.substring(ITEM.length())))), items, where, fail);
            }
        }
        if (Trees.text(node, "function_name").equalsIgnoreCase("error")
                && node.path("arguments").size() == 1) {
            JsonNode argument = node.path("arguments").get(0).path("expression");
            return argued(fail.deepCopy(), replaced(argument.deepCopy(), items, where, fail));
        }
        if (node instanceof ObjectNode object) {
            object.propertyNames().stream()
                    .toList()
                    .forEach(key -> object.set(key, replaced(object.path(key), items, where, fail)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, replaced(array.get(i), items, where, fail));
            }
        }
        return node;
    }

    private static JsonNode bare(JsonNode expression) {
        JsonNode copy = expression.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.put("alias", "");
        }
        return copy;
    }

    private static JsonNode argued(JsonNode fail, JsonNode argument) {
        if (Trees.isColumn(fail)) {
            return argument;
        }
        if (fail instanceof ObjectNode object) {
            object.propertyNames().stream()
                    .toList()
                    .forEach(key -> object.set(key, argued(object.path(key), argument)));
        } else if (fail instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, argued(array.get(i), argument));
            }
        }
        return fail;
    }

    /// Which of the rows the feed gives would fail, in order; empty when that can't be told.
    Optional<List<Integer>> bad() {
        List<Integer> bad = new ArrayList<>();
        try (Statement statement = session.prepare(sql);
                Answer answer = statement.execute()) {
            while (answer.next()) {
                Cells rows = answer.cells(0);
                Cells verdicts = answer.cells(1);
                for (int i = 0; i < answer.rows(); i++) {
                    if (verdicts.intAt(i) != 0) {
                        bad.add(rows.intAt(i));
                    }
                }
            }
            return Optional.of(bad);
        } catch (DuckError untold) {
            return Optional.empty();
        }
    }
}
