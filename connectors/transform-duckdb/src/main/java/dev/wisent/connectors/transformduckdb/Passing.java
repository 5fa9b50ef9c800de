package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which results are columns of the batch as they are: those never go through DuckDB, so values of every type, and what is
/// absent, stay what they are.
final class Passing {
    private final Select select;
    private final Map<String, Integer> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<OptionalInt> results = new ArrayList<>();

    private Passing(Select select, Schema schema) {
        this.select = select;
        for (int i = 0; i < schema.size(); i++) {
            columns.put(schema.field(i).name(), i);
        }
    }

    /// By result, the column of `schema` it is; empty: it is computed.
    static List<OptionalInt> of(Select select, Schema schema) {
        Passing passing = new Passing(select, schema);
        for (ObjectNode item : select.items()) {
            if (Trees.isStar(item)) {
                passing.star(item, schema);
            } else {
                passing.results.add(passing.column(item));
            }
        }
        return passing.results;
    }

    private OptionalInt column(JsonNode item) {
        if (!Trees.isColumn(item)) {
            return OptionalInt.empty();
        }
        List<String> path = Trees.path(item);
        String name = path.getLast();
        boolean unnested = select.source().unnests().stream()
                .anyMatch(u -> u.column().equalsIgnoreCase(name) || u.table().equalsIgnoreCase(path.getFirst()));
        String alias = select.source().alias();
        boolean plain = path.size() == 1
                || path.size() == 2 && path.getFirst().equalsIgnoreCase(alias) && !columns.containsKey(alias);
        Integer index = columns.get(name);
        return plain && !unnested && index != null ? OptionalInt.of(index) : OptionalInt.empty();
    }

    private void star(ObjectNode star, Schema schema) {
        String relation = Trees.text(star, "relation_name");
        List<RowSource.Unnest> unnests = select.source().unnests();
        if (unnests.stream().anyMatch(u -> u.table().equalsIgnoreCase(relation))) {
            results.add(OptionalInt.empty());
            return;
        }
        Set<String> excluded = keys(star.path("exclude_list"));
        Set<String> replaced = new HashSet<>();
        star.path("replace_list").forEach(pair -> replaced.add(Rewriting.key(Trees.text(pair, "key"))));
        for (Field field : schema.fields()) {
            String key = Rewriting.key(field.name());
            if (!excluded.contains(key)) {
                results.add(
                        replaced.contains(key)
                                ? OptionalInt.empty()
                                : OptionalInt.of(columns.getOrDefault(field.name(), 0)));
            }
        }
        for (RowSource.Unnest unnest : unnests) {
            if (relation.isEmpty() && !excluded.contains(Rewriting.key(unnest.column()))) {
                results.add(OptionalInt.empty());
            }
        }
    }

    private static Set<String> keys(JsonNode names) {
        Set<String> keys = new HashSet<>();
        names.forEach(name -> keys.add(Rewriting.key(name.isString() ? name.asString() : Trees.text(name, "column"))));
        return keys;
    }
}
