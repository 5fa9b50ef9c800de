package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.transform.Applied.Refused;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.RecordBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/// Runs a bound statement over batches and keeps what comes back: computed columns, and the row each result came from. An
/// execution fails as a whole; then its halves are tried by themselves, down to single rows, so that only those are refused
/// that
/// fail by themselves.
final class Results {
    private static final int FIRST_ROWS = 4096;

    private final BoundSelect select;
    private final BatchFeed feed;
    private final Select statement;
    private final List<Column> columns = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private int[] origins = new int[FIRST_ROWS];
    private int count;

    Results(BoundSelect select, BatchFeed feed, Select statement) {
        this.select = select;
        this.feed = feed;
        this.statement = statement;
        select.computed().forEach(outward -> columns.add(Column.of(outward.type())));
    }

    /// Rows of `batch` in their order, from scratch.
    void run(RecordBatch batch) {
        columns.forEach(Column::clear);
        refused.clear();
        count = 0;
        run(batch, 0, batch.rows());
    }

    List<Column> columns() {
        return columns;
    }

    /// Valid for the first [#count].
    int[] origins() {
        return origins;
    }

    int count() {
        return count;
    }

    List<Refused> refused() {
        return List.copyOf(refused);
    }

    private void run(RecordBatch batch, int from, int to) {
        int before = count;
        try {
            execute(batch, from, to);
        } catch (SQLException e) {
            SqlFailure failure = SqlFailure.of(e);
            if (failure.isFatal()) {
                throw WisentException.of(ErrorCode.INTERNAL, "DuckDB failed: " + failure.without(statement.constants()))
                        .causedBy(e);
            }
            again(batch, from, to, before, failure.without(statement.constants()));
        } catch (Unfit unfit) {
            again(batch, from, to, before, unfit.why());
        }
    }

    private void again(RecordBatch batch, int from, int to, int before, String why) {
        count = before;
        columns.forEach(column -> column.truncate(before));
        if (to - from == 1) {
            refused.add(new Refused(from, ErrorCode.TRANSFORM_FAILED, why));
            return;
        }
        int middle = (from + to) >>> 1;
        run(batch, from, middle);
        run(batch, middle, to);
    }

    private void execute(RecordBatch batch, int from, int to) throws SQLException {
        feed.rows(batch, from, to);
        try (DuckDBChunkedResult result = select.statement().query()) {
            while (result.nextChunk()) {
                take(result.chunk());
            }
        }
    }

    private void take(DuckDBDataChunkReader chunk) {
        int rows = (int) chunk.rowCount();
        if (count + rows > origins.length) {
            origins = Arrays.copyOf(origins, Math.max(count + rows, origins.length * 2));
        }
        DuckDBReadableVector numbers = chunk.vector(0);
        for (int row = 0; row < rows; row++) {
            origins[count + row] = numbers.getInt(row);
        }
        for (int i = 0; i < columns.size(); i++) {
            select.computed().get(i).read(chunk.vector(i + 1), rows, columns.get(i));
        }
        count += rows;
    }
}
