package dev.wisent.engine.internal.transform;

import dev.wisent.api.transform.Applied;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Nullability;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StructColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Flattens batches of one schema. Fields of structs are shared, not copied; keys of `json` columns become columns as rows
/// bring them up.
final class FlatColumns implements ColumnPlan {
    private final List<Field> fields = new ArrayList<>();
    /// The way to each field: a column, then children.
    private final List<int[]> paths = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    /// Columns of JSON that are taken apart, by index.
    private final Map<Integer, FlatName> json = new LinkedHashMap<>();
    private final Map<String, Leaf> leaves = new HashMap<>();
    private final Flatten.Options options;
    private final FoundColumns found;
    private final FlatJson walker;
    private final RowCopy copy = new RowCopy();
    private final Schema known;
    private Schema grown;
    private int grownBy;

    FlatColumns(Schema input, Flatten.Options options, FoundColumns found) {
        this.options = options;
        this.found = found;
        this.walker = new FlatJson(options.separator(), options.depth());
        for (int i = 0; i < input.size(); i++) {
            Field field = input.field(i);
            if (!options.columns().contains(field.name())) {
                add(field, new int[] {i});
            } else if (field.type() instanceof DataType.Json) {
                json.put(i, new FlatName(field.name()));
            } else if (field.type() instanceof DataType.Struct struct) {
                descend(field, struct, new int[] {i}, 1);
            } else {
                throw BuiltIn.invalid(
                        "column '" + field.name() + "' is " + field.type().text() + ", there is nothing to flatten",
                        "flatten takes struct and json columns");
            }
        }
        this.known = BuiltIn.schema(fields);
        this.grown = known;
    }

    private void descend(Field parent, DataType.Struct struct, int[] path, int level) {
        for (int i = 0; i < struct.fields().size(); i++) {
            Field child = struct.fields().get(i);
            boolean required = !parent.isNullable() && !child.isNullable();
            Field flat = new Field(
                    parent.name() + options.separator() + child.name(),
                    child.type(),
                    required ? Nullability.REQUIRED : Nullability.NULLABLE);
            int[] further = Arrays.copyOf(path, path.length + 1);
            further[path.length] = i;
            if (child.type() instanceof DataType.Struct inner && level < options.depth()) {
                descend(flat, inner, further, level + 1);
            } else {
                add(flat, further);
            }
        }
    }

    private void add(Field field, int[] path) {
        fields.add(field);
        paths.add(path);
        taken.add(field.name());
    }

    @Override
    public Optional<Schema> output() {
        return json.isEmpty() ? Optional.of(known) : Optional.empty();
    }

    @Override
    public Applied apply(RecordBatch batch) {
        Refusals refusals = new Refusals(batch.rows());
        List<Column> columns = new ArrayList<>();
        paths.forEach(path -> columns.add(at(batch, path)));
        if (json.isEmpty()) {
            return Applied.same(RecordBatch.over(known, columns, batch.rows()));
        }
        leaves.values().forEach(Leaf::clear);
        for (Map.Entry<Integer, FlatName> part : json.entrySet()) {
            takeApart((BytesColumn) batch.column(part.getKey()), part.getValue(), refusals);
        }
        List<String> names = found.names();
        for (String name : names) {
            if (!taken.contains(name)) {
                columns.add(leafOf(name).of(batch.rows()));
            }
        }
        return refusals.without(RecordBatch.over(grown(names), columns, batch.rows()), copy);
    }

    /// What is known, and the columns that rows brought up: `names` only ever grows.
    private Schema grown(List<String> names) {
        if (names.size() > grownBy) {
            List<Field> all = new ArrayList<>(fields);
            names.stream()
                    .filter(name -> !taken.contains(name))
                    .forEach(name -> all.add(Field.nullable(name, DataType.JSON)));
            grown = Schema.of(all);
            grownBy = names.size();
        }
        return grown;
    }

    private void takeApart(BytesColumn text, FlatName name, Refusals refusals) {
        for (int i = 0; i < text.size(); i++) {
            int row = i;
            int from = text.start(row);
            int length = text.length(row);
            boolean isNull = text.isNull(row) || length == 4 && text.data()[from] == 'n';
            if (!isNull
                    && !walker.walk(
                            name,
                            text.data(),
                            from,
                            from + length,
                            (below, json, start, end) -> put(below, row, json, start, end, refusals))) {
                refusals.add(row, "column '" + name.text() + "' holds no JSON object");
            }
        }
    }

    private void put(FlatName name, int row, byte[] json, int from, int to, Refusals refusals) {
        if (name.leaf().isEmpty()) {
            if (taken.contains(name.text()) || !found.add(name.text())) {
                refusals.add(row, "there is a column '" + name.text() + "' already, or there are too many");
                return;
            }
            name.goesTo(leafOf(name.text()));
        }
        if (!name.leaf().get().put(row, json, from, to)) {
            refusals.add(row, "after flattening, two keys have the name '" + name.text() + "'");
        }
    }

    private Leaf leafOf(String name) {
        return leaves.computeIfAbsent(name, n -> new Leaf());
    }

    private static Column at(RecordBatch batch, int[] path) {
        Column column = batch.column(path[0]);
        for (int i = 1; i < path.length; i++) {
            column = ((StructColumn) column).children().get(path[i]);
        }
        return column;
    }
}
