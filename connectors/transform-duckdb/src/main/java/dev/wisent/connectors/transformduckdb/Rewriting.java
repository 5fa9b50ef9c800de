package dev.wisent.connectors.transformduckdb;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The statement as DuckDB gets it: with the number of each row in front, which `*` doesn't mean; and with `FROM batch,
/// unnest(list) AS t(x)` as `FROM (SELECT *, unnest(list) AS x FROM batch)`, since a join keeps no order.
final class Rewriting {
    private final Select select;
    private final String row;
    /// By the table names of what is taken apart, the column it gives.
    private final Map<String, String> columns = new HashMap<>();

    private Rewriting(Select select, String row) {
        this.select = select;
        this.row = row;
    }

    /// @param row what the column with the row's number is called
    static ObjectNode of(Select select, String row) {
        return new Rewriting(select, row).tree();
    }

    private ObjectNode tree() {
        ObjectNode tree = select.tree().deepCopy();
        tree.set("from_table", from());
        ArrayNode items = Trees.JSON.createArrayNode().add(column(row, row));
        for (JsonNode item : tree.path("select_list")) {
            items.add(Trees.isStar(item) ? star((ObjectNode) item) : renamed(item));
        }
        tree.set("select_list", items);
        if (Trees.isGiven(tree, "where_clause")) {
            tree.set("where_clause", renamed(tree.path("where_clause")));
        }
        return tree;
    }

    private JsonNode from() {
        ObjectNode inner = select.source().batch().deepCopy();
        for (RowSource.Unnest unnest : select.source().unnests()) {
            ObjectNode list = (ObjectNode) renamed(unnest.function().deepCopy());
            list.put("alias", unnest.column());
            ObjectNode all = Trees.JSON.createObjectNode();
            all.put("class", "STAR")
                    .put("type", "STAR")
                    .put("alias", "")
                    .put("relation_name", "")
                    .put("columns", false);
            all.putArray("exclude_list");
            all.putArray("replace_list");
            all.putArray("qualified_exclude_list");
            all.putArray("rename_list");
            all.putNull("expr");
            ObjectNode node = select.tree().deepCopy();
            node.set("select_list", Trees.JSON.createArrayNode().add(all).add(list));
            node.set("from_table", inner);
            node.putNull("where_clause");
            ObjectNode outer = Trees.JSON.createObjectNode();
            outer.put("type", "SUBQUERY").put("alias", select.source().alias()).putNull("sample");
            ObjectNode subquery = outer.putObject("subquery");
            subquery.set("node", node);
            subquery.putArray("named_param_map");
            outer.putArray("column_name_alias");
            inner = outer;
            columns.put(key(unnest.table()), unnest.column());
        }
        return inner;
    }

    private JsonNode star(ObjectNode star) {
        String relation = key(Trees.text(star, "relation_name"));
        if (columns.containsKey(relation)) {
            return column(columns.getOrDefault(relation, ""), "");
        }
        ArrayNode excluded = (ArrayNode) star.path("exclude_list");
        excluded.add(row);
        if (!relation.isEmpty()) {
            columns.values().forEach(excluded::add);
        }
        star.set("replace_list", renamed(star.path("replace_list")));
        return star;
    }

    private ObjectNode column(String name, String alias) {
        ObjectNode column = Trees.JSON.createObjectNode();
        column.put("class", "COLUMN_REF").put("type", "COLUMN_REF").put("alias", alias);
        column.putArray("column_names").add(select.source().alias()).add(name);
        return column;
    }

    /// Columns of what is taken apart are columns of the batch now.
    private JsonNode renamed(JsonNode node) {
        if (Trees.isColumn(node)) {
            List<String> path = Trees.path(node);
            String column = columns.get(key(path.getFirst()));
            if (column != null && path.size() > 1 && path.get(1).equalsIgnoreCase(column)) {
                ArrayNode names = (ArrayNode) node.path("column_names");
                names.set(
                        0,
                        Trees.JSON.getNodeFactory().stringNode(select.source().alias()));
            }
        }
        node.forEach(this::renamed);
        return node;
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
