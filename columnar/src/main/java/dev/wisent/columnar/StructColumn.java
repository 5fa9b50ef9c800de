package dev.wisent.columnar;

import java.util.List;

/// A record in a record: one child column per field, as many rows in each as here. A row is appended by appending to
/// every child, then [#endRow].
public final class StructColumn extends Column {
    private final List<Column> children;
    /// The same once more: an array is what a loop for each row goes through best.
    private final Column[] each;

    StructColumn(DataType.Struct type) {
        super(type);
        this.children = type.fields().stream().map(f -> Column.of(f.type())).toList();
        this.each = children.toArray(Column[]::new);
    }

    public List<Column> children() {
        return children;
    }

    /// Ends a row; children that got nothing for it become absent.
    public void endRow() {
        size++;
        for (Column child : each) {
            if (child.size() < size) {
                child.appendAbsent();
            }
        }
    }

    /// Takes back what the row that is not ended yet has appended to the children.
    public void cancelRow() {
        children.forEach(child -> child.truncate(size));
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (Column child : children) {
            bytes += child.bytes();
        }
        return bytes;
    }

    @Override
    public void appendFrom(Column from, int row) {
        if (!appendedMissing(from, row)) {
            StructColumn other = (StructColumn) from;
            for (int i = 0; i < children.size(); i++) {
                children.get(i).appendFrom(other.children.get(i), row);
            }
            endRow();
        }
    }

    @Override
    void appendValues(Column from, int first, int count) {
        StructColumn other = (StructColumn) from;
        for (int i = 0; i < each.length; i++) {
            each[i].appendRange(other.each[i], first, count);
        }
        size += count;
    }

    @Override
    void appendFiller() {
        // what is absent has absent children, so that a child can stand alone
        if (isAbsent(size)) {
            children.forEach(Column::appendAbsent);
        } else {
            children.forEach(Column::appendNull);
        }
        size++;
    }

    @Override
    void truncateValues(int rows) {
        children.forEach(child -> child.truncate(rows));
    }
}
