package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.transform.Applied.Refused;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Runs a bound statement over batches and keeps what comes back: computed columns, and the row each result came from. An
/// execution fails as a whole; then a [Diagnosis] says which rows to leave out, or halves are tried by themselves, down to
/// single rows: only those are refused that fail by themselves.
final class Results {
    private static final int FIRST_ROWS = 4096;
    /// Fewer rows are halved as quickly.
    private static final int WORTH_A_DIAGNOSIS = 16;
    /// So many rows of a failed execution are asked for their own reason; further ones are told why others failed.
    private static final int TOLD = 20;

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
        Optional<String> failure = tried(batch, from, to);
        if (failure.isEmpty()) {
            return;
        }
        if (to - from == 1) {
            refused.add(new Refused(from, ErrorCode.TRANSFORM_FAILED, failure.get()));
        } else if (to - from < WORTH_A_DIAGNOSIS || !diagnosed(batch, from, to)) {
            int middle = (from + to) >>> 1;
            run(batch, from, middle);
            run(batch, middle, to);
        }
    }

    /// Executes the statement for these rows; says why it failed, and then nothing of them is kept.
    private Optional<String> tried(RecordBatch batch, int from, int to) {
        int before = count;
        Optional<String> why;
        try {
            execute(batch, from, to);
            return Optional.empty();
        } catch (DuckError e) {
            SqlFailure failure = SqlFailure.of(e);
            if (failure.isFatal()) {
                throw WisentException.of(ErrorCode.INTERNAL, "DuckDB failed: " + failure.without(statement.constants()))
                        .causedBy(e);
            }
            why = Optional.of(failure.without(statement.constants()));
        } catch (Unfit unfit) {
            why = Optional.of(unfit.why());
        }
        keep(before);
        return why;
    }

    private void keep(int rows) {
        count = rows;
        columns.forEach(column -> column.truncate(rows));
    }

    /// Leaves out the rows that fail by themselves, all at once; false, with nothing done, when that is not all that is wrong.
    private boolean diagnosed(RecordBatch batch, int from, int to) {
        feed.rows(batch, from, to);
        List<Integer> bad = select.diagnosis().flatMap(Diagnosis::bad).orElse(List.of());
        List<Refused> found = new ArrayList<>(bad.size());
        int before = count;
        for (int row : bad) {
            Optional<String> why = found.size() < TOLD ? tried(batch, row, row + 1) : Optional.of(alike(found));
            if (why.isEmpty()) {
                keep(before);
                return false;
            }
            found.add(new Refused(row, ErrorCode.TRANSFORM_FAILED, why.get()));
        }
        if (bad.isEmpty() || !without(batch, from, to, bad)) {
            return false;
        }
        refused.addAll(found);
        return true;
    }

    private static String alike(List<Refused> found) {
        return "one of many rows of a batch that fail; another says: "
                + found.getFirst().message();
    }

    private boolean without(RecordBatch batch, int from, int to, List<Integer> bad) {
        BitSet left = new BitSet();
        bad.forEach(left::set);
        int[] good = IntStream.range(from, to).filter(row -> !left.get(row)).toArray();
        RecordBatch copy = RecordBatch.of(batch.schema());
        for (int i = 0; i < copy.columns().size(); i++) {
            for (int row : good) {
                copy.column(i).appendFrom(batch.column(i), row);
            }
        }
        int before = count;
        boolean done = tried(RecordBatch.over(batch.schema(), copy.columns(), good.length), 0, good.length)
                .isEmpty();
        for (int i = before; i < count; i++) {
            origins[i] = good[origins[i]];
        }
        return done;
    }

    private void execute(RecordBatch batch, int from, int to) throws DuckError {
        feed.rows(batch, from, to);
        int before = count;
        try (Answer answer = select.statement().execute()) {
            while (answer.next()) {
                take(answer, from + count - before);
            }
        }
        if (select.isEveryRow() && count - before != to - from) {
            throw WisentException.of(
                    ErrorCode.INTERNAL,
                    "DuckDB gave " + (count - before) + " rows for " + (to - from) + " of which none is left out");
        }
    }

    /// @param next the number of the first row, where rows bring none
    private void take(Answer answer, int next) {
        int rows = answer.rows();
        if (count + rows > origins.length) {
            origins = Arrays.copyOf(origins, Math.max(count + rows, origins.length * 2));
        }
        if (select.isEveryRow()) {
            for (int row = 0; row < rows; row++) {
                origins[count + row] = next + row;
            }
        } else {
            Cells numbers = answer.cells(0);
            for (int row = 0; row < rows; row++) {
                origins[count + row] = numbers.intAt(row);
            }
        }
        int first = select.isEveryRow() ? 0 : 1;
        for (int i = 0; i < columns.size(); i++) {
            select.computed().get(i).read(answer.cells(first + i), rows, columns.get(i));
        }
        count += rows;
    }
}
