package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.StructColumn;
import java.util.List;

/// A field of the schema. Given the places its parent has ([Slots]), it finds out which of them have a value, and hands
/// the places below on to its children.
abstract sealed class Node {
    private final String name;
    /// The definition level of a place that has a value here.
    final int level;
    private final boolean nullable;

    private Node(String name, int level, boolean nullable) {
        this.name = name;
        this.level = level;
        this.nullable = nullable;
    }

    abstract void write(Column column, Slots slots);

    /// The definition level of a place that is live for this node.
    final int liveLevel() {
        return nullable ? level - 1 : level;
    }

    final void refuseNull(int row) {
        if (!nullable) {
            throw new IllegalArgumentException(
                    "column '" + name + "' is not nullable, and row " + row + " of the batch has no value");
        }
    }

    static final class Leaf extends Node {
        private static final int FIRST_CAPACITY = 1024;

        private final ColumnWriter writer;
        private int[] present = new int[FIRST_CAPACITY];

        Leaf(String name, int level, boolean nullable, ColumnWriter writer) {
            super(name, level, nullable);
            this.writer = writer;
        }

        ColumnWriter writer() {
            return writer;
        }

        @Override
        void write(Column column, Slots slots) {
            if (!slots.plain) {
                places(column, slots);
            } else if (column.isComplete()) {
                writer.definitions().run(level, slots.count);
                writer.values().append(column, slots.first, slots.count);
            } else {
                rows(column, slots.first, slots.count);
            }
        }

        private void rows(Column column, int first, int count) {
            int[] rows = present(count);
            byte[] levels = writer.definitions().ensure(count);
            int at = writer.definitions().count();
            int found = 0;
            for (int i = 0; i < count; i++) {
                int isNull = column.isNull(first + i) ? 1 : 0;
                levels[at + i] = (byte) (level - isNull);
                rows[found] = first + i;
                found += 1 - isNull;
            }
            if (found < count) {
                refuseNull(first);
            }
            writer.definitions().commit(count);
            writer.values().append(column, rows, found);
        }

        private void places(Column column, Slots slots) {
            int count = slots.count;
            int[] rows = present(count);
            byte[] levels = writer.definitions().ensure(count);
            int at = writer.definitions().count();
            int live = liveLevel();
            int found = 0;
            for (int i = 0; i < count; i++) {
                int reached = slots.definition[i];
                if (reached == live) {
                    int row = slots.row[i];
                    if (column.isNull(row)) {
                        refuseNull(row);
                    } else {
                        reached = level;
                        rows[found++] = row;
                    }
                }
                levels[at + i] = (byte) reached;
            }
            writer.definitions().commit(count);
            writer.repetitions().add(slots.repetition, count);
            writer.values().append(column, rows, found);
        }

        private int[] present(int count) {
            present = present.length < count ? new int[count] : present;
            return present;
        }
    }

    static final class Struct extends Node {
        private final List<Node> children;
        private final Slots below = new Slots();

        Struct(String name, int level, boolean nullable, List<Node> children) {
            super(name, level, nullable);
            this.children = children;
        }

        @Override
        void write(Column column, Slots slots) {
            Slots handed = slots;
            if (!slots.plain) {
                places(column, slots);
                handed = below;
            } else if (!column.isComplete()) {
                rows(column, slots.first, slots.count);
                handed = below;
            }
            List<Column> columns = ((StructColumn) column).children();
            for (int i = 0; i < children.size(); i++) {
                children.get(i).write(columns.get(i), handed);
            }
        }

        private void rows(Column column, int first, int count) {
            below.clear();
            below.ensure(count);
            for (int row = first; row < first + count; row++) {
                if (column.isNull(row)) {
                    refuseNull(row);
                    below.add(level - 1, 0, row);
                } else {
                    below.add(level, 0, row);
                }
            }
        }

        private void places(Column column, Slots slots) {
            below.clear();
            below.ensure(slots.count);
            int live = liveLevel();
            for (int i = 0; i < slots.count; i++) {
                int reached = slots.definition[i];
                int row = slots.row[i];
                if (reached == live) {
                    if (column.isNull(row)) {
                        refuseNull(row);
                    } else {
                        reached = level;
                    }
                }
                below.add(reached, slots.repetition[i], row);
            }
        }
    }

    /// A list or a map: its children are repeated, and have one definition level more for that.
    static final class Repeated extends Node {
        private final List<Node> children;
        /// The repetition level of an element that is not the first of its row here.
        private final int again;
        private final Slots below = new Slots();

        Repeated(String name, int level, boolean nullable, int again, List<Node> children) {
            super(name, level, nullable);
            this.again = again;
            this.children = children;
        }

        @Override
        void write(Column column, Slots slots) {
            below.clear();
            int live = liveLevel();
            for (int i = 0; i < slots.count; i++) {
                if (slots.plain) {
                    elements(column, slots.first + i, 0);
                } else if (slots.definition[i] == live) {
                    elements(column, slots.row[i], slots.repetition[i]);
                } else {
                    below.ensure(1);
                    below.add(slots.definition[i], slots.repetition[i], 0);
                }
            }
            switch (column) {
                case ListColumn list -> children.getFirst().write(list.elements(), below);
                case MapColumn map -> {
                    children.getFirst().write(map.keys(), below);
                    children.getLast().write(map.values(), below);
                }
                default -> throw new IllegalArgumentException("no list or map: " + column.type());
            }
        }

        private void elements(Column column, int row, int repetition) {
            if (column.isNull(row)) {
                refuseNull(row);
                below.ensure(1);
                below.add(level - 1, repetition, 0);
                return;
            }
            int start = column instanceof ListColumn list ? list.start(row) : ((MapColumn) column).start(row);
            int length = column instanceof ListColumn list ? list.length(row) : ((MapColumn) column).length(row);
            below.ensure(length + 1);
            if (length == 0) {
                below.add(level, repetition, 0);
                return;
            }
            below.add(level + 1, repetition, start);
            for (int i = 1; i < length; i++) {
                below.add(level + 1, again, start + i);
            }
        }
    }
}
