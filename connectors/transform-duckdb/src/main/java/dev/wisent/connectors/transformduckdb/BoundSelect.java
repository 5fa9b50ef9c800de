package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// A statement over the columns of one schema. One thread, that of its session.
final class BoundSelect implements AutoCloseable {
    private final Session session;
    private final Schema output;
    private final List<OptionalInt> passing;
    private final List<Outward> computed;
    private final String executed;
    private final boolean everyRow;
    private final Supplier<Optional<Diagnosis>> diagnoses;
    private Optional<Optional<Diagnosis>> diagnosis = Optional.empty();
    private Optional<Statement> prepared = Optional.empty();

    BoundSelect(
            Session session,
            Schema output,
            List<OptionalInt> passing,
            List<Outward> computed,
            String executed,
            boolean everyRow,
            Supplier<Optional<Diagnosis>> diagnoses) {
        this.session = session;
        this.output = output;
        this.passing = passing;
        this.computed = computed;
        this.executed = executed;
        this.everyRow = everyRow;
        this.diagnoses = diagnoses;
    }

    /// Proves that the statement works on such rows, before there are any.
    static BoundSelect of(Session session, BatchFeed feed, Select select, Schema schema) {
        try {
            return new Binder(session, feed, select, schema).bind();
        } catch (DuckError e) {
            SqlFailure failure = SqlFailure.of(e);
            throw SqlFailure.invalid(failure.without(select.constants()), select.text(), failure.at())
                    .hint("it is DuckDB's dialect; the rows are the table 'batch', with the columns "
                            + String.join(
                                    ", ",
                                    schema.fields().stream().map(Field::name).toList()));
        }
    }

    Schema output() {
        return output;
    }

    /// By result, the column of the input it is; empty: it is the next of [#computed].
    List<OptionalInt> passing() {
        return passing;
    }

    List<Outward> computed() {
        return computed;
    }

    /// Whether each row gives one row of its own columns: nothing is left for DuckDB.
    boolean isTrivial() {
        return everyRow && computed.isEmpty();
    }

    /// Whether each row gives one row, in order: then [#statement] gives no numbers of rows.
    boolean isEveryRow() {
        return everyRow;
    }

    /// What to execute: its first column is the row's number, unless [#isEveryRow]; the others are [#computed].
    Statement statement() throws DuckError {
        if (prepared.isEmpty()) {
            prepared = Optional.of(session.prepare(executed));
        }
        return prepared.get();
    }

    /// Tells bad rows; made when it is first asked for.
    Optional<Diagnosis> diagnosis() {
        if (diagnosis.isEmpty()) {
            diagnosis = Optional.of(diagnoses.get());
        }
        return diagnosis.get();
    }

    @Override
    public void close() {
        prepared.ifPresent(Statement::close);
    }
}
