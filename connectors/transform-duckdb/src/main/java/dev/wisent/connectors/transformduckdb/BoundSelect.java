package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.duckdb.DuckDBPreparedStatement;
import tools.jackson.databind.node.ObjectNode;

/// A statement over the columns of one schema. One thread, that of its session.
final class BoundSelect implements AutoCloseable {
    private static final String TABLE = "batch";

    private final Session session;
    private final Schema output;
    private final List<OptionalInt> passing;
    private final List<Outward> computed;
    private final String executed;
    private final boolean everyRow;
    private final Supplier<Optional<Diagnosis>> diagnoses;
    private Optional<Optional<Diagnosis>> diagnosis = Optional.empty();
    private Optional<DuckDBPreparedStatement> prepared = Optional.empty();

    private BoundSelect(
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
        } catch (SQLException e) {
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

    /// What to execute: its first column is the row's number, the others are [#computed].
    DuckDBPreparedStatement statement() throws SQLException {
        // A failed execution closes it.
        if (prepared.isEmpty() || prepared.get().isClosed()) {
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
        try {
            if (prepared.isPresent()) {
                prepared.get().close();
            }
        } catch (SQLException e) {
            throw WisentException.of(ErrorCode.INTERNAL, "a statement of DuckDB can't be closed")
                    .causedBy(e);
        }
    }

    /// Finds out what a statement means.
    private record Binder(Session session, BatchFeed feed, Select select, Schema schema) {
        BoundSelect bind() throws SQLException {
            String row = freeName();
            ColumnRules.check(select, schema, row);
            view(row);
            // As it was written, so that a message can say where.
            session.prepare(select.text()).close();
            ObjectNode rewritten = Rewriting.of(select, row);
            String inner = session.deserialized(rewritten);
            List<List<String>> described = session.rows("DESCRIBE " + inner);
            described = described.subList(1, described.size());
            List<OptionalInt> passing = Passing.of(select, schema);
            if (passing.size() != described.size()) {
                throw SqlFailure.invalid(
                                "an item of the SELECT gives several columns", select.text(), OptionalInt.empty())
                        .hint("take one field after the other: unnest(items) AS item, then item.name");
            }
            List<Field> fields = new ArrayList<>();
            List<Outward> computed = new ArrayList<>();
            StringBuilder results = new StringBuilder("CAST(o0 AS INTEGER)");
            StringBuilder names = new StringBuilder("o0");
            for (int i = 0; i < passing.size(); i++) {
                String name = described.get(i).getFirst();
                names.append(", o").append(i + 1);
                if (passing.get(i).isPresent()) {
                    Field field = schema.field(passing.get(i).getAsInt());
                    fields.add(new Field(name, field.type(), field.nullability()));
                } else {
                    Outward outward = outward(name, described.get(i).get(1));
                    fields.add(Field.nullable(name, outward.type()));
                    computed.add(outward);
                    results.append(", ").append(outward.sql("o" + (i + 1)));
                }
            }
            String executed = "SELECT " + results + " FROM (" + inner + ") AS o(" + names + ")";
            PlanRules.check(session, executed, select.text());
            boolean everyRow = !select.unnests() && !Trees.isGiven(select.tree(), "where_clause");
            return new BoundSelect(session, output(fields), passing, computed, executed, everyRow, () -> Diagnosis.of(session, select, rewritten.deepCopy()));
        }

        private String freeName() {
            Set<String> taken = new HashSet<>();
            schema.fields().forEach(field -> taken.add(field.name().toLowerCase(Locale.ROOT)));
            String name = "row of the batch";
            while (taken.contains(name)) {
                name += "_";
            }
            return name;
        }

        private void view(String row) throws SQLException {
            feed.shape(schema);
            StringBuilder columns = new StringBuilder(BatchFeed.ROW + " AS " + Session.quoted(row));
            for (int i = 0; i < schema.size(); i++) {
                columns.append(", ")
                        .append(feed.sql(i))
                        .append(" AS ")
                        .append(Session.quoted(schema.field(i).name()));
            }
            session.run("CREATE OR REPLACE TEMP VIEW " + TABLE + " AS SELECT " + columns + " FROM " + BatchFeed.NAME
                    + "()");
        }

        private Outward outward(String name, String type) {
            return Outward.of(DuckType.parse(type))
                    .orElseThrow(() -> SqlFailure.invalid(
                                    "there is no type of column for '" + name + "', which is " + type.replace("\"", ""),
                                    select.text(),
                                    OptionalInt.empty())
                            .hint("cast it: CAST(… AS VARCHAR), or another type of docs/transforms.md"));
        }

        private Schema output(List<Field> fields) {
            try {
                return Schema.of(fields);
            } catch (IllegalArgumentException twice) {
                throw SqlFailure.invalid(
                                "the SELECT gives two columns of one name: " + twice.getMessage(),
                                select.text(),
                                OptionalInt.empty())
                        .hint("give one of them another name with AS");
            }
        }
    }
}
