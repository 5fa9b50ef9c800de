package dev.wisent.connectors.sql.staged;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.Flushing;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.Writer;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.FieldNotes;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes the elements of lists into tables of their own, targets of the same commit: `orders__items` holds those of the
/// column `items` of `orders`, one a row. In the row itself the list's id stays, which its elements name; a null list has none.
/// An id is given each time a list is written, so a list that takes another one's place has another id, and elements whose
/// id no row has any more are left behind, to be deleted.
///
/// As [LaneWriter].
public final class ChildTables implements LaneWriter {
    /// The id of the list.
    public static final String PARENT_ID = "_wisent_parent_id";
    /// The place in the list, from 0.
    public static final String INDEX = "_wisent_index";
    /// The element, if it has no fields.
    public static final String VALUE = "value";

    private static final String BETWEEN = "__";
    private static final int DEEPEST = 10;

    public static final Key<Long> KEY = Key.whole("child_tables", 0, DEEPEST)
            .about(
                    "so many levels of lists become tables of their own, `<table>__<column>`, in the same commit; 0: a list stays in"
                            + " its column")
            .standard(0L);

    private final LaneWriter inner;
    private final int levels;
    private final ListIds ids = new ListIds();
    private final Map<TargetId, Parent> parents = new HashMap<>();
    /// What each holds the elements of.
    private final Map<TargetId, String> children = new HashMap<>();

    private ChildTables(LaneWriter inner, int levels) {
        this.inner = inner;
        this.levels = levels;
    }

    /// `writer`, or one that takes lists apart before it.
    ///
    /// @param levels of lists within lists; 0: none
    public static LaneWriter over(LaneWriter writer, int levels) {
        return levels == 0 ? writer : new ChildTables(writer, levels);
    }

    /// Whether rows of `columns` are elements.
    public static boolean isChild(Schema columns) {
        return columns.indexOf(PARENT_ID).isPresent();
    }

    /// The target of the elements of a column.
    static TargetId child(TargetId of, String column) {
        return new TargetId(of.name() + BETWEEN + column);
    }

    /// The column of `parent` whose elements `child` would hold; empty: it is no child of it.
    public static Optional<String> column(TargetId parent, TargetId child) {
        String begin = parent.name() + BETWEEN;
        return child.name().startsWith(begin) && child.name().length() > begin.length()
                ? Optional.of(child.name().substring(begin.length()))
                : Optional.empty();
    }

    /// The columns of a target's own table, first, and of the tables of its lists.
    ///
    /// @param levels of lists within lists; 0: they stay where they are
    public static Map<TargetId, Schema> schemas(TargetId target, Schema columns, int levels) {
        Map<TargetId, Schema> all = new LinkedHashMap<>();
        add(target, columns, levels, all);
        return all;
    }

    private static void add(TargetId target, Schema columns, int levels, Map<TargetId, Schema> to) {
        to.put(target, levels == 0 ? columns : own(columns));
        for (Field field : columns.fields()) {
            if (levels > 0 && field.type() instanceof DataType.ListOf(DataType element)) {
                add(child(target, field.name()), elements(target, field.name(), element), levels - 1, to);
            }
        }
    }

    /// The columns of rows whose lists are elsewhere.
    static Schema own(Schema columns) {
        return Schema.of(columns.fields().stream()
                .map(field -> field.type() instanceof DataType.ListOf
                        ? field.typed(DataType.UUID).relaxed()
                        : field)
                .toList());
    }

    /// The columns of elements.
    static Schema elements(TargetId parent, String column, DataType element) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.nullable(PARENT_ID, DataType.UUID)
                .noted(FieldNotes.description("the list in column " + column + " of " + parent)));
        fields.add(Field.nullable(INDEX, DataType.INT32));
        if (element instanceof DataType.Struct struct) {
            for (Field field : struct.fields()) {
                if (field.name().equals(PARENT_ID) || field.name().equals(INDEX)) {
                    throw refused("elements of column '" + column + "' of " + parent + " have a field '" + field.name()
                            + "', which child_tables need for themselves");
                }
                fields.add(field.relaxed());
            }
        } else {
            fields.add(Field.nullable(VALUE, element));
        }
        return Schema.of(fields);
    }

    private static WisentException refused(String why) {
        return WisentException.of(ErrorCode.SCHEMA_REFUSED, why)
                .hint("rename the column with a transform, or leave child_tables out");
    }

    @Override
    public Writer target(TargetId target, Schema schema) {
        Parent known = parents.get(target);
        if (known == null || !known.columns.equals(schema)) {
            known = new Parent(target, schema);
            parents.put(target, known);
        }
        return known;
    }

    private void write(TargetId target, RecordBatch rows, int left) {
        if (rows.rows() == 0) {
            return;
        }
        if (left == 0) {
            inner.target(target, rows.schema()).write(rows);
            return;
        }
        Lists lists = new Lists(rows, ids);
        inner.target(target, lists.rows().schema()).write(lists.rows());
        for (String column : lists.columns()) {
            TargetId child = child(target, column);
            String list = "column '" + column + "' of " + target;
            String other = children.putIfAbsent(child, list);
            if (parents.containsKey(child) || (other != null && !other.equals(list))) {
                throw refused("elements of " + list + " are for table " + child + ", and so are other rows");
            }
            write(child, lists.elements(target, column), left - 1);
        }
    }

    private final class Parent implements Writer {
        private final TargetId target;
        private final Schema columns;

        Parent(TargetId target, Schema columns) {
            this.target = target;
            this.columns = columns;
        }

        @Override
        public void write(RecordBatch rows) {
            ChildTables.this.write(target, rows, levels);
        }
    }

    @Override
    public long heldBytes() {
        return inner.heldBytes();
    }

    /// Elements are no records: their fragments count none.
    @Override
    public Flushing flush() {
        Set<TargetId> uncounted = Set.copyOf(children.keySet());
        return new Flushing(inner.flush()
                .fragments()
                .thenApply(all -> all.stream()
                        .map(f -> uncounted.contains(f.target())
                                ? new Fragment(f.target(), f.kind(), f.description(), 0, f.bytes())
                                : f)
                        .toList()));
    }

    @Override
    public void drop() {
        inner.drop();
    }

    @Override
    public void close() {
        inner.close();
    }
}
