package dev.wisent.connectors.transformduckdb;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// A statement that gives each row's result from the row alone, as far as its text tells. Immutable: nobody changes the tree.
///
/// @param text as it was written
/// @param tree DuckDB's syntax tree of it, the node of the SELECT
/// @param source what it reads from
/// @param unnests whether a row may become several
/// @param constants texts it holds; none of them goes into a message about a row
record Select(String text, ObjectNode tree, RowSource source, boolean unnests, Set<String> constants) {
    /// What it selects.
    List<ObjectNode> items() {
        return Trees.objects(tree.path("select_list"));
    }
}
