package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a statement with DuckDB's own parser, and refuses what is not row by row.
final class SelectReader {
    private static final String MANUAL = "see docs/transforms.md for what a statement may hold";

    private SelectReader() {}

    static Select read(Session session, String text) {
        try {
            ObjectNode tree = tree(session, text);
            RowRules rules = new RowRules(text, FunctionRules.of(session, names(tree)));
            rules.check(tree);
            RowSource source = RowSource.of(tree, rules);
            boolean unnests = !source.unnests().isEmpty() || rules.sawUnnest();
            return new Select(text, tree, source, unnests, constants(tree));
        } catch (DuckError e) {
            throw WisentException.of(ErrorCode.INTERNAL, "DuckDB can't read the syntax of a statement")
                    .causedBy(e);
        }
    }

    private static ObjectNode tree(Session session, String text) throws DuckError {
        JsonNode answer = Trees.JSON.readTree(session.value("SELECT json_serialize_sql(?::VARCHAR)", text));
        if (answer.path("error").asBoolean()) {
            String told = Trees.text(answer, "error_message");
            if (told.startsWith("Only SELECT")) {
                throw SqlFailure.invalid("the SQL is no SELECT", text, OptionalInt.empty())
                        .hint("write SELECT … FROM batch");
            }
            throw SqlFailure.invalid("the SQL can't be read: " + told, text, SqlFailure.position(answer))
                    .hint("it is DuckDB's dialect; try the statement with duckdb itself");
        }
        JsonNode statements = answer.path("statements");
        if (statements.size() != 1) {
            throw SqlFailure.invalid(
                            "the SQL must be one statement, and holds " + statements.size(), text, OptionalInt.empty())
                    .hint("write one SELECT … FROM batch; a further step is an item of its own, with a label");
        }
        JsonNode node = statements.get(0).path("node");
        if (!Trees.text(node, "type").equals("SELECT_NODE")) {
            String type = Trees.text(node, "type").equals("SET_OPERATION_NODE")
                    ? "UNION, INTERSECT or EXCEPT"
                    : "a " + Trees.text(node, "type");
            throw SqlFailure.invalid(
                            "the SQL uses " + type + ", which looks at more than one row", text, OptionalInt.empty())
                    .hint(MANUAL);
        }
        return (ObjectNode) node;
    }

    private static Set<String> names(ObjectNode tree) {
        Set<String> names = new HashSet<>();
        Trees.expressions(tree, node -> {
            if (node.has("function_name")) {
                names.add(FunctionRules.key(Trees.text(node, "function_name")));
            }
        });
        return names;
    }

    private static Set<String> constants(ObjectNode tree) {
        Set<String> constants = new HashSet<>();
        Trees.expressions(tree, node -> {
            JsonNode literal = node.path("literal");
            if (Trees.text(literal, "kind").equals("STRING")) {
                constants.add(Trees.text(literal, "text"));
            }
        });
        constants.remove("");
        return constants;
    }
}
