package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;

/// The rows of a batch as a table function of DuckDB, which asks for the columns it needs and no others. One for a session.
final class BatchFeed {
    /// The function's name, as plans spell it in capitals.
    static final String NAME = "wisent_rows";
    /// The column with the number of each row in its batch.
    static final String ROW = "r";
    private static final String COLUMN = "c";
    private static final long EXPECTED_ROWS = 10_000;

    private List<Integer> shown = List.of();
    private List<Inward> columns = List.of();
    private Optional<RecordBatch> batch = Optional.empty();
    private int from;
    private int to;

    /// How far one execution has come, and which columns it wants.
    private static final class Cursor {
        private final long[] wanted;
        private int next;

        Cursor(long[] wanted, int next) {
            this.wanted = wanted;
            this.next = next;
        }
    }

    BatchFeed(Session session) {
        try (DuckDBTableFunctionBuilder function = DuckDBFunctions.tableFunction()) {
            function.withName(NAME)
                    .withProjectionPushdown()
                    .withFunction(new Function())
                    .register(session.connection());
        } catch (SQLException e) {
            throw WisentException.of(ErrorCode.INTERNAL, "DuckDB takes no rows").causedBy(e);
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

    private final class Function implements DuckDBTableFunction<String, Cursor, String> {
        @Override
        public String bind(DuckDBTableFunctionBindInfo info) throws SQLException {
            info.addResultColumn(ROW, DuckDBColumnType.INTEGER);
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).declare(info, COLUMN + i);
            }
            info.setCardinality(EXPECTED_ROWS, false);
            return "";
        }

        @Override
        public Cursor init(DuckDBTableFunctionInitInfo info) {
            info.setMaxThreads(1);
            long[] wanted = new long[(int) info.getColumnCount()];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = info.getColumnIndex(i);
            }
            return new Cursor(wanted, from);
        }

        @Override
        public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) {
            Cursor cursor = info.getInitData();
            int count = (int) Math.min(chunk.capacity(), to - cursor.next);
            for (int i = 0; i < cursor.wanted.length && count > 0; i++) {
                fill(chunk.vector(i), cursor.wanted[i], cursor.next, count);
            }
            cursor.next += count;
            return count;
        }

        private void fill(DuckDBWritableVector vector, long column, int first, int count) {
            if (column == 0) {
                for (int i = 0; i < count; i++) {
                    vector.setInt(i, first + i);
                }
            } else if (column > 0 && column <= columns.size()) {
                // another number stands for no column: only the count of rows is asked for
                int index = (int) column - 1;
                columns.get(index).fill(vector, batch.orElseThrow().column(shown.get(index)), first, count);
            }
        }
    }
}
