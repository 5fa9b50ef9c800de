package dev.wisent.connectors.formats.parquet;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.StructColumn;
import dev.wisent.connectors.formats.parquet.Columns.Member;
import dev.wisent.connectors.formats.parquet.Columns.Shape;
import dev.wisent.connectors.formats.parquet.Columns.Wrapping;
import dev.wisent.connectors.typed.Unfit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;

/// Puts what parquet-java reads into the columns of a batch. A value that is null is never told: whatever ends looks for
/// what it lacks.
final class RowBuilder extends RecordMaterializer<Object> {
    private final GroupConverter root;

    RowBuilder(Columns columns, RecordBatch batch) {
        this.root = new Members(columns.members(), batch.columns(), batch::rows, () -> {});
    }

    @Override
    public Object getCurrentRecord() {
        return this;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    private static Converter into(Shape shape, Column column) {
        return switch (shape) {
            case Shape.Value(Leaf leaf) -> leaf.into(column);
            case Shape.Struct(List<Member> members) -> {
                StructColumn struct = (StructColumn) column;
                yield new Members(members, struct.children(), struct::size, struct::endRow);
            }
            case Shape.Bare(Shape element) -> into(element, ((ListColumn) column).elements());
            case Shape.Listed(Shape element, Wrapping wrapped) -> {
                ListColumn list = (ListColumn) column;
                Converter inner = into(element, list.elements());
                yield new Around(
                        wrapped == Wrapping.IN_GROUPS ? new Element(inner, list.elements()) : inner, list::endRow);
            }
            case Shape.Mapped(Shape key, Shape value) -> {
                MapColumn map = (MapColumn) column;
                yield new Around(new Entry(into(key, map.keys()), into(value, map.values()), map), map::endRow);
            }
        };
    }

    /// The fields of a record or a struct.
    private static final class Members extends GroupConverter {
        private final Converter[] converters;
        private final Column[] columns;
        private final List<ListColumn> bare = new ArrayList<>();
        private final IntSupplier rows;
        private final Runnable endRow;

        Members(List<Member> members, List<Column> columns, IntSupplier rows, Runnable endRow) {
            this.converters = new Converter[members.size()];
            this.columns = columns.toArray(Column[]::new);
            this.rows = rows;
            this.endRow = endRow;
            for (int i = 0; i < converters.length; i++) {
                Shape shape = members.get(i).shape();
                converters[i] = into(shape, columns.get(i));
                if (shape instanceof Shape.Bare) {
                    bare.add((ListColumn) columns.get(i));
                }
            }
        }

        @Override
        public Converter getConverter(int index) {
            return converters[index];
        }

        @Override
        public void start() {}

        @Override
        public void end() {
            for (ListColumn list : bare) {
                list.endRow();
            }
            int row = rows.getAsInt();
            for (Column column : columns) {
                if (column.size() <= row) {
                    column.appendNull();
                }
            }
            endRow.run();
        }
    }

    /// A group around a repeated one: a list or a map.
    private static final class Around extends GroupConverter {
        private final Converter inner;
        private final Runnable endRow;

        Around(Converter inner, Runnable endRow) {
            this.inner = inner;
            this.endRow = endRow;
        }

        @Override
        public Converter getConverter(int index) {
            return inner;
        }

        @Override
        public void start() {}

        @Override
        public void end() {
            endRow.run();
        }
    }

    /// The group around one element.
    private static final class Element extends GroupConverter {
        private final Converter inner;
        private final Column elements;
        private int before;

        Element(Converter inner, Column elements) {
            this.inner = inner;
            this.elements = elements;
        }

        @Override
        public Converter getConverter(int index) {
            return inner;
        }

        @Override
        public void start() {
            before = elements.size();
        }

        @Override
        public void end() {
            if (elements.size() == before) {
                elements.appendNull();
            }
        }
    }

    /// A key and its value.
    private static final class Entry extends GroupConverter {
        private final Converter key;
        private final Converter value;
        private final MapColumn map;

        Entry(Converter key, Converter value, MapColumn map) {
            this.key = key;
            this.value = value;
            this.map = map;
        }

        @Override
        public Converter getConverter(int index) {
            return index == 0 ? key : value;
        }

        @Override
        public void start() {}

        @Override
        public void end() {
            if (map.values().size() < map.keys().size()) {
                map.values().appendNull();
            }
            if (map.keys().size() != map.values().size()) {
                throw new Unfit("a map has a value without a key");
            }
        }
    }
}
