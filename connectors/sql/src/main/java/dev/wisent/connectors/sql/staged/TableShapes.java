package dev.wisent.connectors.sql.staged;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeLattice;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// Makes tables and their columns as rows need them, within their commit, and refuses tables that are not what Wisent left.
record TableShapes(StagedDatabase database, Connection in) {
    /// What rows of all these parts need.
    Schema columns(List<Source> sources) {
        Schema all = nullable(sources.getFirst().part().columns());
        for (Source source : sources) {
            all = nullable(TypeLattice.merge(all, nullable(source.part().columns())));
        }
        return all;
    }

    private static Schema nullable(Schema schema) {
        return Schema.of(schema.fields().stream().map(Field::relaxed).toList());
    }

    /// The table with room for rows of `columns`.
    KnownTable ready(TableName name, Optional<KnownTable> known, Schema columns, List<String> mergedBy)
            throws SQLException {
        if (known.isEmpty()) {
            refuseForeign(name);
            String mark = "wisent-" + UUID.randomUUID();
            database.check(columns);
            database.create(in, name, shape(columns, mergedBy), mark);
            return new KnownTable(mark, columns, KnownTable.Fill.EMPTY, mergedBy);
        }
        KnownTable table = known.get();
        verify(name, table);
        Schema after = room(name, table.columns(), columns);
        if (!after.equals(table.columns())) {
            database.check(after);
            if (!mergedBy.isEmpty()) {
                database.alter(in, name, shape(table.columns(), mergedBy), changed(table.columns(), after));
            } else {
                database.alter(in, name, table.columns(), after);
            }
        }
        return table.with(after);
    }

    /// Makes the index over the clustering keys, or makes it anew where it is over other columns.
    void cluster(TableName name, KnownTable table, List<String> keys) throws SQLException {
        ClusterKeys.check(keys, table.columns(), name, database.place());
        for (String statement : clustering(name, table.mark(), table.columns(), keys)) {
            new Sql(in).run(statement);
        }
    }

    private List<String> clustering(TableName name, String mark, Schema columns, List<String> keys)
            throws SQLException {
        Optional<String> statement = keys.isEmpty() ? Optional.empty() : database.clustering(name, mark, columns, keys);
        List<String> there = statement.isEmpty() ? List.of() : database.clustered(in, name, mark);
        if (statement.isEmpty() || there.equals(keys)) {
            return List.of();
        }
        return there.isEmpty() ? List.of(statement.get()) : List.of(database.unclustering(name, mark), statement.get());
    }

    /// What [#ready] and [#cluster] would do, as statements; the table's mark is made up.
    ///
    /// @param keys the clustering keys
    List<String> statements(TableName name, Optional<KnownTable> known, Schema columns, List<String> keys)
            throws SQLException {
        if (known.isEmpty()) {
            database.check(columns);
            refuseForeign(name);
            return creating(database, name, columns, keys);
        }
        verify(name, known.get());
        Schema after = room(name, known.get().columns(), nullable(columns));
        database.check(after);
        ClusterKeys.check(keys, after, name, database.place());
        List<String> statements =
                new ArrayList<>(database.altering(name, known.get().columns(), after));
        statements.addAll(clustering(name, known.get().mark(), after, keys));
        return statements;
    }

    /// The statements that make a table.
    static List<String> creating(StagedDatabase database, TableName name, Schema columns, List<String> keys) {
        ClusterKeys.check(keys, columns, name, database.place());
        List<String> statements = new ArrayList<>(database.creating(name, nullable(columns), "wisent-…"));
        if (!keys.isEmpty()) {
            database.clustering(name, "wisent-…", columns, keys).ifPresent(statements::add);
        }
        return statements;
    }

    private static Schema shape(Schema columns, List<String> mergedBy) {
        return mergedBy.isEmpty() ? columns : RowChanges.waiting(columns);
    }

    /// As [#shape], with new columns at the end.
    private static Schema changed(Schema before, Schema after) {
        List<Field> fields = new ArrayList<>();
        for (Field field : RowChanges.waiting(before).fields()) {
            fields.add(
                    after.indexOf(field.name()).isPresent()
                            ? after.field(after.indexOf(field.name()).getAsInt())
                            : field);
        }
        after.fields().stream().filter(f -> before.indexOf(f.name()).isEmpty()).forEach(fields::add);
        return Schema.of(fields);
    }

    /// The table's columns, with more at the end and wider types where `rows` needs it.
    private Schema room(TableName name, Schema table, Schema rows) {
        List<Field> fields = new ArrayList<>();
        for (Field field : table.fields()) {
            OptionalInt at = rows.indexOf(field.name());
            fields.add(
                    at.isPresent()
                            ? rows.field(at.getAsInt())
                                    .typed(common(name, field, rows.field(at.getAsInt())))
                                    .relaxed()
                            : field);
        }
        rows.fields().stream()
                .filter(f -> table.indexOf(f.name()).isEmpty())
                .map(Field::relaxed)
                .forEach(fields::add);
        return Schema.of(fields);
    }

    private DataType common(TableName name, Field column, Field row) {
        if (column.type().equals(row.type()) || TypeLattice.widens(row.type(), column.type())) {
            return column.type();
        }
        if (TypeLattice.widens(column.type(), row.type()) && database.canRetype(column.type(), row.type())) {
            return row.type();
        }
        throw WisentException.of(
                        ErrorCode.SCHEMA_REFUSED,
                        "column '" + column.name() + "' of table " + name + " is "
                                + column.type().text() + ", and rows bring "
                                + row.type().text())
                .where(database.place())
                .hint(
                        "cast the column with a transform, declare its type in record_schemas, or write to another table");
    }

    void refuseForeign(TableName name) throws SQLException {
        if (database.hasTable(in, name) && !database.isAbandoned(in, name)) {
            throw WisentException.of(
                            ErrorCode.DESTINATION_FOREIGN,
                            "table " + name + " is there already, and this stream of this pipeline did not make it")
                    .where(database.place())
                    .hint("name another table as destination_id, or drop or rename the one that is there");
        }
    }

    /// Whether the table is the one that was written last, with its rows and columns.
    private void verify(TableName name, KnownTable known) throws SQLException {
        if (!database.hasTable(in, name)) {
            throw changed(name, "is gone");
        }
        if (!database.mark(in, name).equals(Optional.of(known.mark()))) {
            throw changed(name, "was made anew by somebody else");
        }
        List<String> columns = database.columns(in, name);
        for (Field field : known.columns().fields()) {
            if (!columns.contains(field.name())) {
                throw changed(name, "has lost its column '" + field.name() + "'");
            }
        }
        if (known.fill() == KnownTable.Fill.ROWS && !new Sql(in).has("SELECT 1 FROM " + name.sql() + " LIMIT 1")) {
            throw changed(name, "was emptied by somebody else");
        }
    }

    private WisentException changed(TableName name, String what) {
        return WisentException.of(ErrorCode.DESTINATION_FOREIGN, "table " + name + ", which this stream wrote, " + what)
                .where(database.place())
                .tried("comparing the table with what the last commit left")
                .hint("restore it from a copy, or reset the stream: the next run then writes the table anew")
                .next("wisent stream reset FILE");
    }
}
