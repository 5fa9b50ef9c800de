package dev.wisent.connectors.sql.staged;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Columns beside those of a row that say what it does to its target; for rows that are merged. Reused for batch after batch.
/// One thread.
public final class RowChanges {
    /// The operation: the ordinal of a [dev.wisent.columnar.RowOp].
    public static final String OP = "_wisent_op";
    /// The names of the columns the row says nothing about, each between two [#MARK]s; empty: it says all.
    public static final String ABSENT = "_wisent_absent";
    /// Before and after each name.
    public static final char MARK = '\u001f';
    /// Where the row stood among those of its writer.
    public static final String ROW = "_wisent_row";
    /// Which part of rows it came by: higher ones are newer.
    public static final String PART = "_wisent_part";

    private final Schema schema;
    private final LongSupplier places;
    private final OptionalLong part;
    private final LongColumn ops = (LongColumn) Column.of(DataType.INT8);
    private final BytesColumn absent = (BytesColumn) Column.of(DataType.STRING);
    private final LongColumn order = (LongColumn) Column.of(DataType.INT64);
    private final LongColumn parts = (LongColumn) Column.of(DataType.INT64);

    /// @param columns of the rows
    public RowChanges(Schema columns) {
        places = new AtomicLong()::getAndIncrement;
        part = OptionalLong.empty();
        schema = extended(
                columns,
                List.of(
                        Field.nullable(OP, DataType.INT8),
                        Field.nullable(ABSENT, DataType.STRING),
                        Field.nullable(ROW, DataType.INT64)));
    }

    /// With [#PART], for rows that go straight to where they are merged from.
    ///
    /// @param part that all rows came by
    /// @param places of the rows of that part, higher and higher ones
    public RowChanges(Schema columns, long part, LongSupplier places) {
        this.places = places;
        this.part = OptionalLong.of(part);
        schema = waiting(columns);
    }

    /// With [#PART], for rows that wait in a table.
    public static Schema waiting(Schema columns) {
        return extended(
                columns,
                List.of(
                        Field.nullable(OP, DataType.INT8),
                        Field.nullable(ABSENT, DataType.STRING),
                        Field.nullable(ROW, DataType.INT64),
                        Field.nullable(PART, DataType.INT64)));
    }

    private static Schema extended(Schema columns, List<Field> by) {
        List<Field> fields = new ArrayList<>(columns.fields());
        fields.addAll(by);
        return Schema.of(fields);
    }

    /// The columns of [#of].
    public Schema schema() {
        return schema;
    }

    /// The rows with what they do. Valid until the next call, and as long as `batch` is.
    public RecordBatch of(RecordBatch batch) {
        ops.clear();
        absent.clear();
        order.clear();
        parts.clear();
        boolean some = batch.columns().stream().anyMatch(Column::hasAbsent);
        for (int row = 0; row < batch.rows(); row++) {
            ops.append(batch.op(row).ordinal());
            absent.append(some ? absentNames(batch, row) : "");
            order.append(places.getAsLong());
            part.ifPresent(parts::append);
        }
        List<Column> columns = new ArrayList<>(batch.columns());
        columns.add(ops);
        columns.add(absent);
        columns.add(order);
        if (part.isPresent()) {
            columns.add(parts);
        }
        return RecordBatch.over(schema, columns, batch.rows());
    }

    private static String absentNames(RecordBatch batch, int row) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < batch.columns().size(); i++) {
            if (batch.column(i).isAbsent(row)) {
                names.append(MARK).append(batch.schema().field(i).name()).append(MARK);
            }
        }
        return names.toString();
    }
}
