package dev.wisent.engine.internal.validate;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.Validation.ColumnDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Rows, counted and summed: by column, and as whole rows, so that values which changed places between rows show. A column a
/// row does not have is null in it.
public final class TableSums {
    private static final String ROWS = "(whole rows)";

    private final Set<String> leftOut;
    private final Schema known;
    private final CanonicalValue values;
    private final Map<String, ColumnSum> columns = new TreeMap<>();
    private final ColumnSum whole = new ColumnSum();
    private long rows;

    private TableSums(Set<String> leftOut, Schema known, CanonicalValue.Side side) {
        this.leftOut = Set.copyOf(leftOut);
        this.known = known;
        this.values = new CanonicalValue(side);
    }

    /// Of rows as they are written.
    ///
    /// @param leftOut columns that differ by their nature
    /// @param known the columns they are written to; what is not in it is taken as it comes
    public static TableSums ofSource(Set<String> leftOut, Schema known) {
        return new TableSums(leftOut, known, CanonicalValue.Side.SOURCE);
    }

    /// Of rows as they are stored, perhaps in other types.
    ///
    /// @param leftOut columns that differ by their nature
    /// @param known the columns as they were written
    public static TableSums ofTarget(Set<String> leftOut, Schema known) {
        return new TableSums(leftOut, known, CanonicalValue.Side.TARGET);
    }

    public long rows() {
        return rows;
    }

    public void add(RecordBatch batch) {
        Schema schema = batch.schema();
        long[] rowSums = new long[batch.rows()];
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.fields().get(i);
            if (!leftOut.contains(field.name())) {
                column(field.name(), batch.column(i), rowSums);
            }
        }
        for (long sum : rowSums) {
            whole.addHash(ColumnSum.mix(sum));
        }
        rows += batch.rows();
    }

    private void column(String name, Column column, long[] rowSums) {
        ColumnSum sum = columns.computeIfAbsent(name, n -> new ColumnSum());
        long salt = ColumnSum.hash(name);
        OptionalInt index = known.indexOf(name);
        DataType as = index.isPresent() ? known.field(index.getAsInt()).type() : column.type();
        for (int row = 0; row < rowSums.length; row++) {
            if (column.isNull(row)) {
                // a row without the column is like one that has a null there
                sum.addNull();
            } else {
                rowSums[row] += ColumnSum.mix(sum.add(values.of(column, row, as)) ^ salt);
            }
        }
    }

    /// Where `target` holds something else than these rows of the source.
    public List<ColumnDifference> differences(TableSums target) {
        List<ColumnDifference> differences = new ArrayList<>();
        Set<String> names = new TreeSet<>(columns.keySet());
        names.addAll(target.columns.keySet());
        for (String name : names) {
            ColumnSum here = columns.getOrDefault(name, new ColumnSum());
            ColumnSum there = target.columns.getOrDefault(name, new ColumnSum());
            boolean onlyNulls = here.values() == 0 && there.values() == 0;
            if (!onlyNulls && !sameValues(here, there, target)) {
                differences.add(new ColumnDifference(name, text(here, rows), text(there, target.rows)));
            }
        }
        if (differences.isEmpty() && !whole.isSame(target.whole)) {
            differences.add(new ColumnDifference(ROWS, whole.text(), target.whole.text()));
        }
        return differences;
    }

    private boolean sameValues(ColumnSum here, ColumnSum there, TableSums target) {
        return here.filled(rows).isSame(there.filled(target.rows));
    }

    private static String text(ColumnSum sum, long rows) {
        return sum.values() + " values, " + (rows - sum.values()) + " null, " + sum.text();
    }

    /// How many columns were compared.
    public int columns() {
        return columns.size();
    }
}
