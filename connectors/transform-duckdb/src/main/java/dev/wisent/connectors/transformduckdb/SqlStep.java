package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.source.RawRecords;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Applied.Origins;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Takes batches through a statement. Columns the statement only names are those of the batch, or copies of their rows where
/// rows are left out or repeated; DuckDB sees only what the rest needs.
final class SqlStep implements TransformStep {
    private final Session session;
    private final Select select;
    private final BatchFeed feed;
    private Optional<Bound> bound = Optional.empty();

    private record Bound(
            Schema schema, BoundSelect select, Results results, List<Column> copies, Optional<Objects> objects) {}

    SqlStep(Session session, Select select) {
        this.session = session;
        this.select = select;
        this.feed = new BatchFeed(session);
    }

    @Override
    public Applied apply(RecordBatch batch) {
        Bound now = bound(batch.schema());
        Applied applied = now.select().isTrivial() ? trivial(now, batch) : computed(now, batch);
        return now.objects().map(objects -> objects.of(batch, applied)).orElse(applied);
    }

    private Bound bound(Schema schema) {
        if (bound.isEmpty() || !bound.get().schema().equals(schema)) {
            bound.ifPresent(old -> old.select().close());
            bound = Optional.empty();
            BoundSelect made = BoundSelect.of(session, feed, select, schema);
            List<Column> copies = made.output().fields().stream()
                    .map(field -> Column.of(field.type()))
                    .toList();
            Optional<Objects> objects =
                    schema.equals(RawRecords.SCHEMA) ? Optional.of(new Objects(made.output())) : Optional.empty();
            bound = Optional.of(new Bound(schema, made, new Results(made, feed, select), copies, objects));
        }
        return bound.get();
    }

    private static Applied trivial(Bound now, RecordBatch batch) {
        List<Column> columns = new ArrayList<>();
        now.select().passing().forEach(index -> columns.add(batch.column(index.orElseThrow())));
        return Applied.same(RecordBatch.over(now.select().output(), columns, batch.rows()));
    }

    private static Applied computed(Bound now, RecordBatch batch) {
        Results results = now.results();
        results.run(batch);
        boolean same = results.count() == batch.rows() && isEachRow(results);
        List<Column> columns = new ArrayList<>();
        int computed = 0;
        for (int i = 0; i < now.copies().size(); i++) {
            OptionalInt passing = now.select().passing().get(i);
            if (passing.isEmpty()) {
                columns.add(results.columns().get(computed++));
            } else {
                Column from = batch.column(passing.getAsInt());
                columns.add(same ? from : copy(from, now.copies().get(i), results));
            }
        }
        RecordBatch rows = RecordBatch.over(now.select().output(), columns, results.count());
        return new Applied(rows, same ? Origins.SAME : new Origins.Rows(results.origins()), results.refused());
    }

    private static boolean isEachRow(Results results) {
        for (int row = 0; row < results.count(); row++) {
            if (results.origins()[row] != row) {
                return false;
            }
        }
        return true;
    }

    /// Rows in a row are copied at once: most statements leave out few.
    private static Column copy(Column from, Column to, Results results) {
        to.clear();
        int[] origins = results.origins();
        int row = 0;
        while (row < results.count()) {
            int first = row;
            do {
                row++;
            } while (row < results.count() && origins[row] == origins[row - 1] + 1);
            to.appendRange(from, origins[first], row - first);
        }
        return to;
    }

    @Override
    public void close() {
        bound.ifPresent(old -> old.select().close());
        session.close();
    }
}
