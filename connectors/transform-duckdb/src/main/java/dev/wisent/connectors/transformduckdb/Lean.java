package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A statement without the columns it only names.
final class Lean {
    private Lean() {}

    /// Empty when a `*` can't be told apart into what is computed and what is not.
    ///
    /// @param rewritten the statement as DuckDB gets it, the row's number first
    /// @param passing by result, the column it is; empty: it is computed
    static Optional<ObjectNode> of(Select select, Schema schema, ObjectNode rewritten, List<OptionalInt> passing) {
        ObjectNode lean = rewritten.deepCopy();
        ArrayNode items = Trees.JSON.createArrayNode();
        List<ObjectNode> all = Trees.objects(lean.path("select_list"));
        items.add(all.getFirst());
        boolean stars = all.stream().anyMatch(Trees::isStar);
        if (stars && !select.source().unnests().isEmpty()) {
            return Optional.empty();
        }
        int result = 0;
        for (ObjectNode item : all.subList(1, all.size())) {
            if (Trees.isStar(item)) {
                List<Field> meant = meant(item, schema);
                for (int i = 0; i < meant.size(); i++) {
                    if (passing.get(result++).isEmpty()) {
                        items.add(replacement(item, meant.get(i)));
                    }
                }
            } else if (passing.get(result++).isEmpty()) {
                items.add(item);
            }
        }
        lean.set("select_list", items);
        return Optional.of(lean);
    }

    private static List<Field> meant(ObjectNode star, Schema schema) {
        Set<String> excluded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        excluded.addAll(Trees.texts(star.path("exclude_list")));
        return schema.fields().stream()
                .filter(field -> !excluded.contains(field.name()))
                .toList();
    }

    private static JsonNode replacement(ObjectNode star, Field field) {
        for (JsonNode pair : star.path("replace_list")) {
            if (Trees.text(pair, "key").equalsIgnoreCase(field.name())) {
                return ((ObjectNode) pair.path("value").deepCopy()).put("alias", field.name());
            }
        }
        throw new IllegalStateException(field.name());
    }

    /// The columns of `schema` that a tree may mean, by index.
    static List<Integer> columns(ObjectNode tree, Schema schema) {
        Set<String> named = new TreeSet<>();
        Trees.expressions(tree, node -> {
            if (Trees.isColumn(node)) {
                Trees.path(node).forEach(part -> named.add(part.toLowerCase(Locale.ROOT)));
            }
        });
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            if (named.contains(schema.field(i).name().toLowerCase(Locale.ROOT))) {
                columns.add(i);
            }
        }
        return columns;
    }
}
