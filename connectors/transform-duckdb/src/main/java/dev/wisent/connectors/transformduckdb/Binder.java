package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/// Finds out what a statement means.
record Binder(Session session, BatchFeed feed, Select select, Schema schema) {
    private static final String TABLE = "batch";

    BoundSelect bind() throws DuckError {
        String row = freeName();
        ColumnRules.check(select, schema, row);
        view(row, IntStream.range(0, schema.size()).boxed().toList());
        // As it was written, so that a message can say where.
        session.prepare(select.text()).close();
        ObjectNode rewritten = Rewriting.of(select, row);
        String inner = session.deserialized(rewritten);
        List<List<String>> described = session.rows("DESCRIBE " + inner);
        described = described.subList(1, described.size());
        List<OptionalInt> passing = Passing.of(select, schema);
        if (passing.size() != described.size()) {
            throw SqlFailure.invalid("an item of the SELECT gives several columns", select.text(), OptionalInt.empty())
                    .hint("take one field after the other: unnest(items) AS item, then item.name");
        }
        List<Field> fields = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < passing.size(); i++) {
            String name = described.get(i).getFirst();
            if (passing.get(i).isPresent()) {
                Field field = schema.field(passing.get(i).getAsInt());
                fields.add(new Field(name, field.type(), field.nullability()));
            } else {
                Result result = result(i, name, described.get(i).get(1));
                fields.add(Field.nullable(name, result.outward().type()));
                results.add(result);
            }
        }
        Schema output = output(fields);
        boolean everyRow = !select.unnests() && !Trees.isGiven(select.tree(), "where_clause");
        String executed = executed(inner, passing.size(), results, everyRow);
        PlanRules.check(session, executed, select.text());
        return new BoundSelect(
                session,
                output,
                passing,
                results.stream().map(Result::outward).toList(),
                lean(row, rewritten, passing, results, everyRow).orElse(executed),
                everyRow,
                () -> Diagnosis.of(session, select, rewritten.deepCopy()));
    }

    /// What is computed: which of the statement's results, its type as DuckDB says it, and how it comes back.
    private record Result(int index, String type, Outward outward) {}

    /// Rows that all come back, in order, need no numbers: what is not asked for is not fed either.
    private static String executed(String inner, int size, List<Result> results, boolean everyRow) {
        List<String> asked = new ArrayList<>();
        if (!everyRow) {
            asked.add("CAST(o0 AS INTEGER)");
        }
        results.forEach(result -> asked.add(result.outward().sql("o" + (result.index() + 1))));
        StringBuilder sql = new StringBuilder("SELECT ").append(asked.isEmpty() ? "o0" : String.join(", ", asked));
        sql.append(" FROM (").append(inner).append(") AS o(o0");
        IntStream.rangeClosed(1, size).forEach(i -> sql.append(", o").append(i));
        return sql.append(')').toString();
    }

    /// The same for what is computed alone, over the columns that needs: DuckDB plans a statement anew for each batch, and this
    /// one is planned in half the time. Empty when it can't be told apart: items may refer to each other.
    private Optional<String> lean(
            String row, ObjectNode rewritten, List<OptionalInt> passing, List<Result> results, boolean everyRow)
            throws DuckError {
        Optional<ObjectNode> tree = Lean.of(select, schema, rewritten, passing);
        if (tree.isEmpty()) {
            return Optional.empty();
        }
        try {
            view(row, Lean.columns(tree.get(), schema));
            String inner = session.deserialized(tree.get());
            List<List<String>> described = session.rows("DESCRIBE " + inner);
            List<String> types = described.subList(1, described.size()).stream()
                    .map(column -> column.get(1))
                    .toList();
            if (types.equals(results.stream().map(Result::type).toList())) {
                List<Result> leaner = IntStream.range(0, results.size())
                        .mapToObj(i -> new Result(
                                i, results.get(i).type(), results.get(i).outward()))
                        .toList();
                String executed = executed(inner, results.size(), leaner, everyRow);
                PlanRules.check(session, executed, select.text());
                return Optional.of(executed);
            }
        } catch (DuckError dependent) {
            // The whole statement works: that was proved before.
        }
        view(row, IntStream.range(0, schema.size()).boxed().toList());
        return Optional.empty();
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

    private void view(String row, List<Integer> of) throws DuckError {
        feed.shape(schema, of);
        StringBuilder columns = new StringBuilder(BatchFeed.ROW + " AS " + Session.quoted(row));
        for (int i = 0; i < of.size(); i++) {
            columns.append(", ")
                    .append(feed.sql(i))
                    .append(" AS ")
                    .append(Session.quoted(schema.field(of.get(i)).name()));
        }
        session.run(
                "CREATE OR REPLACE TEMP VIEW " + TABLE + " AS SELECT " + columns + " FROM " + BatchFeed.NAME + "()");
    }

    private Result result(int index, String name, String type) {
        return Outward.of(DuckType.parse(type))
                .map(outward -> new Result(index, type, outward))
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
