package dev.wisent.columnar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows in columns: what decoders hand over and writers take. Confined to one thread, valid only during the call that
/// hands it over, reused
/// after it: whoever needs a row longer copies it.
///
/// A row is built by appending to some of the [#columns] and calling [#endRow]; columns that got nothing become absent.
/// [#cancelRow] takes a
/// half-built row back. A batch is ended at [#MAX_BYTES] or one record, whichever is more.
public final class RecordBatch {
    /// Where a batch is ended: large enough that per-batch work vanishes, small enough to stay near the caches and to be made
    /// anew for each input at little cost.
    public static final int MAX_BYTES = 2 << 20;
    /// Where a batch of short rows is ended, so that progress and latency stay fine-grained.
    public static final int MAX_ROWS = 32_768;
    private static final RowOp[] NO_OPS = {};

    private final Schema schema;
    private final List<Column> columns;
    /// The same once more: an array is what a loop for each row goes through best.
    private final Column[] each;
    private int rows;
    private Numbering numbering = new Numbering.Counting(0);
    private RowOp[] ops = NO_OPS;
    private Optional<Places> places = Optional.empty();
    private Optional<String> destinationId = Optional.empty();

    private RecordBatch(Schema schema, List<Column> columns, int rows) {
        this.schema = schema;
        this.columns = List.copyOf(columns);
        this.each = columns.toArray(Column[]::new);
        this.rows = rows;
    }

    public static RecordBatch of(Schema schema) {
        List<Column> columns = new ArrayList<>(schema.size());
        schema.fields().forEach(f -> columns.add(Column.of(f.type())));
        return new RecordBatch(schema, columns, 0);
    }

    /// A batch over columns that already hold `rows` rows each; it shares them.
    public static RecordBatch over(Schema schema, List<Column> columns, int rows) {
        if (columns.size() != schema.size()) {
            throw new IllegalArgumentException(columns.size() + " columns for " + schema.size() + " fields");
        }
        return new RecordBatch(schema, columns, rows);
    }

    public Schema schema() {
        return schema;
    }

    public int rows() {
        return rows;
    }

    public List<Column> columns() {
        return columns;
    }

    public Column column(int index) {
        return columns.get(index);
    }

    public Numbering numbering() {
        return numbering;
    }

    public RecordBatch number(Numbering how) {
        this.numbering = how;
        return this;
    }

    /// The target the rows ask for; empty: the stream's default one.
    public Optional<String> destinationId() {
        return destinationId;
    }

    public RecordBatch routeTo(Optional<String> target) {
        this.destinationId = target;
        return this;
    }

    /// Where the records of the rows begin; empty: whoever made the batch does not know.
    public Optional<Places> places() {
        return places;
    }

    public RecordBatch place(Optional<Places> where) {
        this.places = where;
        return this;
    }

    /// The same rows, with the [notes][Schema#noted] of `like`. Shares everything.
    public RecordBatch noted(Schema like) {
        RecordBatch batch = new RecordBatch(schema.noted(like), columns, rows);
        return batch.number(numbering).operate(ops).place(places).routeTo(destinationId);
    }

    public RowOp op(int row) {
        return ops.length == 0 ? RowOp.INSERT : ops[row];
    }

    /// Gives every row its operation; an empty array means inserts only.
    public RecordBatch operate(RowOp[] perRow) {
        this.ops = perRow;
        return this;
    }

    public boolean hasOps() {
        return ops.length > 0;
    }

    /// Ends the row under construction.
    public void endRow() {
        rows++;
        for (Column column : each) {
            if (column.size() < rows) {
                column.appendAbsent();
            }
        }
    }

    /// Takes back what was appended since the last [#endRow].
    public void cancelRow() {
        truncate(rows);
    }

    /// Forgets all rows from `keep` on, and whatever was appended after them.
    public void truncate(int keep) {
        for (Column column : columns) {
            column.truncate(Math.min(keep, column.size()));
        }
        rows = keep;
    }

    public void clear() {
        for (Column column : columns) {
            column.clear();
        }
        rows = 0;
        ops = NO_OPS;
        places = Optional.empty();
        destinationId = Optional.empty();
    }

    /// Bytes the rows need; see [Column#bytes].
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < columns.size(); i++) {
            bytes += columns.get(i).bytes();
        }
        return bytes;
    }

    public boolean isFull() {
        return rows >= MAX_ROWS || bytes() >= MAX_BYTES;
    }
}
