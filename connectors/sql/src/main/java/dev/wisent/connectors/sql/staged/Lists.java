package dev.wisent.connectors.sql.staged;

import dev.wisent.api.TargetId;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StructColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A batch whose lists are taken out. What is not made here is shared with the batch.
final class Lists {
    private final Map<String, ListColumn> lists = new LinkedHashMap<>();
    private final Map<String, BytesColumn> links = new LinkedHashMap<>();
    private final RecordBatch rows;

    Lists(RecordBatch batch, ListIds ids) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < batch.schema().size(); i++) {
            String name = batch.schema().field(i).name();
            if (batch.column(i) instanceof ListColumn list) {
                BytesColumn link = links(list, batch.rows(), ids);
                lists.put(name, list);
                links.put(name, link);
                columns.add(link);
            } else {
                columns.add(batch.column(i));
            }
        }
        rows = RecordBatch.over(ChildTables.own(batch.schema()), columns, batch.rows());
        if (batch.hasOps()) {
            rows.operate(ops(batch));
        }
    }

    private static RowOp[] ops(RecordBatch batch) {
        RowOp[] ops = new RowOp[batch.rows()];
        for (int row = 0; row < ops.length; row++) {
            ops[row] = batch.op(row);
        }
        return ops;
    }

    private static BytesColumn links(ListColumn list, int rows, ListIds ids) {
        BytesColumn links = (BytesColumn) Column.of(DataType.UUID);
        for (int row = 0; row < rows; row++) {
            if (list.isAbsent(row)) {
                links.appendAbsent();
            } else if (list.isNull(row)) {
                links.appendNull();
            } else {
                links.append(ids.next());
            }
        }
        return links;
    }

    /// The rows, with ids in the place of lists.
    RecordBatch rows() {
        return rows;
    }

    /// Those that hold lists.
    List<String> columns() {
        return List.copyOf(lists.keySet());
    }

    /// The elements of all lists of a column.
    RecordBatch elements(TargetId of, String column) {
        ListColumn list = lists.get(column);
        BytesColumn link = links.get(column);
        if (list == null || link == null) {
            throw new IllegalArgumentException("no lists are in column " + column);
        }
        Schema schema = ChildTables.elements(of, column, list.elements().type());
        BytesColumn parents = (BytesColumn) Column.of(DataType.UUID);
        LongColumn places = (LongColumn) Column.of(DataType.INT32);
        Column elements = list.elements();
        for (int row = 0; row < rows.rows(); row++) {
            if (list.start(row) != parents.size() || (list.isNull(row) && list.length(row) > 0)) {
                throw new IllegalStateException("lists of column " + column + " do not lie one behind the other");
            }
            for (int i = 0; i < list.length(row); i++) {
                parents.append(link.data(), link.start(row), link.length(row));
                places.append(i);
            }
        }
        List<Column> columns = new ArrayList<>(List.of(parents, places));
        if (elements instanceof StructColumn struct) {
            columns.addAll(struct.children());
        } else {
            columns.add(elements);
        }
        return RecordBatch.over(schema, columns, parents.size());
    }
}
