package dev.wisent.connectors.sql.staged;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Reads back tables whose lists are tables of their own: elements are compared with elements; ids of lists are new each time.
/// One thread.
public final class ChildReadBack implements ReadBack {
    private final ReadBack inner;
    private final int levels;
    private final ListIds ids = new ListIds();
    private final Map<TargetId, Set<String>> madeUp = new HashMap<>();

    private ChildReadBack(ReadBack inner, int levels) {
        this.inner = inner;
        this.levels = levels;
    }

    /// @param levels [ChildTables#KEY]; 0: tables are read as they are
    public static ReadBack over(ReadBack inner, int levels) {
        return levels == 0 ? inner : new ChildReadBack(inner, levels);
    }

    @Override
    public void read(StreamId stream, TargetId target, Schema columns, Consumer<RecordBatch> rows) {
        inner.read(stream, target, columns, rows);
    }

    @Override
    public void written(TargetId target, RecordBatch rows, BiConsumer<TargetId, RecordBatch> tables) {
        divide(target, rows, levels, tables);
    }

    private void divide(TargetId target, RecordBatch rows, int left, BiConsumer<TargetId, RecordBatch> tables) {
        Set<String> without = madeUp.computeIfAbsent(target, t -> new HashSet<>());
        if (ChildTables.isChild(rows.schema())) {
            without.add(ChildTables.PARENT_ID);
        }
        if (left == 0) {
            tables.accept(target, without(rows, without));
            return;
        }
        Lists lists = new Lists(rows, ids);
        without.addAll(lists.columns());
        tables.accept(target, without(lists.rows(), without));
        for (String column : lists.columns()) {
            divide(ChildTables.child(target, column), lists.elements(target, column), left - 1, tables);
        }
    }

    private static RecordBatch without(RecordBatch rows, Set<String> names) {
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < rows.schema().size(); i++) {
            if (!names.contains(rows.schema().field(i).name())) {
                fields.add(rows.schema().field(i));
                columns.add(rows.column(i));
            }
        }
        return RecordBatch.over(Schema.of(fields), columns, rows.rows());
    }

    @Override
    public Set<String> madeUp(TargetId target) {
        return Set.copyOf(madeUp.getOrDefault(target, Set.of()));
    }
}
