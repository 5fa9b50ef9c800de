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
    private final Map<Integer, String> json = new LinkedHashMap<>();
    private final Map<String, BytesColumn> leaves = new LinkedHashMap<>();
    private final Flatten.Options options;
    private final FoundColumns found;
    private final FlatJson walker;
    private final RowCopy copy = new RowCopy();
    private final Schema known;

    FlatColumns(Schema input, Flatten.Options options, FoundColumns found) {
        this.options = options;
        this.found = found;
        this.walker = new FlatJson(options.separator());
        for (int i = 0; i < input.size(); i++) {
            Field field = input.field(i);
            if (!options.columns().contains(field.name())) {
                add(field, new int[] {i});
            } else if (field.type() instanceof DataType.Json) {
                json.put(i, field.name());
            } else if (field.type() instanceof DataType.Struct struct) {
                descend(field, struct, new int[] {i}, 1);
            } else {
                throw BuiltIn.invalid(
                        "column '" + field.name() + "' is " + field.type().text() + ", there is nothing to flatten",
                        "flatten takes struct and json columns");
            }
        }
        this.known = BuiltIn.schema(fields);
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
        leaves.values().forEach(Column::clear);
        for (int row = 0; row < batch.rows(); row++) {
            takeApart(batch, row, refusals);
        }
        List<Field> all = new ArrayList<>(fields);
        for (Field field : found.fields()) {
            if (!taken.contains(field.name())) {
                BytesColumn leaf = leaf(field.name());
                fill(leaf, batch.rows());
                all.add(field);
                columns.add(leaf);
            }
        }
        return refusals.without(RecordBatch.over(Schema.of(all), columns, batch.rows()), copy);
    }

    private void takeApart(RecordBatch batch, int row, Refusals refusals) {
        json.forEach((index, name) -> {
            BytesColumn text = (BytesColumn) batch.column(index);
            if (text.isNull(row) || text.length(row) == 4 && text.data()[text.start(row)] == 'n') {
                return;
            }
            boolean object = walker.walk(
                    name, text.data(), text.start(row), text.length(row), options.depth(), (leaf, members, i) -> {
                        if (taken.contains(leaf) || !found.add(leaf)) {
                            refusals.add(row, "there is a column '" + leaf + "' already, or there are too many");
                            return;
                        }
                        BytesColumn to = leaf(leaf);
                        if (to.size() > row) {
                            refusals.add(row, "after flattening, two keys have the name '" + leaf + "'");
                            return;
                        }
                        fill(to, row);
                        to.append(members.data(), members.from(i), members.to(i) - members.from(i));
                    });
            if (!object) {
                refusals.add(row, "column '" + name + "' holds no JSON object");
            }
        });
    }

    private BytesColumn leaf(String name) {
        return leaves.computeIfAbsent(name, n -> (BytesColumn) Column.of(DataType.JSON));
    }

    private static void fill(Column column, int rows) {
        while (column.size() < rows) {
            column.appendAbsent();
        }
    }

    private static Column at(RecordBatch batch, int[] path) {
        Column column = batch.column(path[0]);
        for (int i = 1; i < path.length; i++) {
            StructColumn parent = (StructColumn) column;
            Column child = parent.children().get(path[i]);
            column = parent.hasAbsent() ? absentWith(parent, child) : child;
        }
        return column;
    }

    /// A child of a struct that is absent is absent as well; as stored, it is null.
    private static Column absentWith(StructColumn parent, Column child) {
        Column copy = Column.of(child.type());
        for (int row = 0; row < child.size(); row++) {
            if (parent.isAbsent(row)) {
                copy.appendAbsent();
            } else {
                copy.appendFrom(child, row);
            }
        }
        return copy;
    }
}
