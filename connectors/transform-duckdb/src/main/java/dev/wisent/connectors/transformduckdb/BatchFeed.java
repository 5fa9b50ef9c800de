package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;

/// The rows of a batch as a table function of DuckDB, which asks for the columns it needs and no others. One for a session, and
/// one execution at a time.
final class BatchFeed implements TableFunction.Rows {
    /// The function's name, as plans spell it in capitals.
    static final String NAME = "wisent_rows";
    /// The column with the number of each row in its batch.
    static final String ROW = "r";
    private static final String COLUMN = "c";
    private static final long EXPECTED_ROWS = 10_000;
    private static final int CHUNK = (int) DuckCalls.VECTOR_SIZE.with();

    private final Scratch scratch;
    private List<Integer> shown = List.of();
    private List<Inward> columns = List.of();
    private Optional<RecordBatch> batch = Optional.empty();
    private int from;
    private int to;
    /// Of the execution under way: the columns it asks for, and how far it has come.
    private int[] wanted = {};

    private int next;

    BatchFeed(Session session) {
        scratch = session.scratch();
        if (!TableFunction.register(session, NAME, this)) {
            throw WisentException.of(ErrorCode.INTERNAL, "DuckDB takes no rows");
        }
    }

    /// From now on rows have the columns of `schema`, of which DuckDB may see those at `indexes`.
    void shape(Schema schema, List<Integer> indexes) {
        shown = List.copyOf(indexes);
        columns = shown.stream()
                .map(index -> schema.field(index).type())
                .map(type -> Inward.of(DuckTypes.canHold(type) ? type : DataType.STRING))
                .toList();
    }

    /// The SQL of the `index`-th that is shown as its own type.
    String sql(int index) {
        return columns.get(index).sql(COLUMN + index);
    }

    /// The rows the next execution sees.
    void rows(RecordBatch of, int first, int end) {
        batch = Optional.of(of);
        from = first;
        to = end;
    }

    @Override
    public void bind(long info) {
        try (Arena arena = Arena.ofConfined()) {
            column(info, arena, ROW, Inward.Carried.INTEGER.type());
            for (int i = 0; i < columns.size(); i++) {
                column(info, arena, COLUMN + i, columns.get(i).type());
            }
        }
        DuckCalls.SET_CARDINALITY.with(info, EXPECTED_ROWS, 0);
    }

    private static void column(long info, Arena arena, String name, long type) {
        DuckCalls.ADD_COLUMN.with(info, Session.text(arena, name), type);
        Session.destroy(DuckCalls.DESTROY_TYPE, type);
    }

    @Override
    public void init(long info) {
        DuckCalls.SET_THREADS.with(info, 1);
        wanted = new int[(int) DuckCalls.WANTED_COUNT.with(info)];
        for (int i = 0; i < wanted.length; i++) {
            // another number than a column's stands for none: only the count of rows is asked for
            wanted[i] = Math.clamp(DuckCalls.WANTED_COLUMN.with(info, i), -1, Integer.MAX_VALUE);
        }
        next = from;
        scratch.clear();
    }

    @Override
    public void fill(long chunk) {
        int count = Math.min(CHUNK, to - next);
        for (int i = 0; i < wanted.length && count > 0; i++) {
            fill(new Slots(DuckCalls.CHUNK_VECTOR.with(chunk, i), scratch), wanted[i], count);
        }
        next += count;
        DuckCalls.SET_CHUNK_SIZE.with(chunk, count);
    }

    private void fill(Slots slots, int column, int count) {
        if (column == 0) {
            for (int i = 0; i < count; i++) {
                slots.put(i, next + i);
            }
        } else if (column > 0 && column <= columns.size()) {
            int index = column - 1;
            columns.get(index).fill(slots, batch.orElseThrow().column(shown.get(index)), next, count);
        }
    }
}
