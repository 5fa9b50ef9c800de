package dev.wisent.connectors.sql.staged;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Statements that bring rows of parts into tables, each column as the table has it.
///
/// @param order of rows that are written: columns; none: as they come
record Selecting(StagedDatabase database, List<String> order) {
    Selecting(StagedDatabase database) {
        this(database, List.of());
    }

    /// More rows of a table.
    String append(TableName into, Schema table, List<Source> sources) {
        return insert(into, Loading.names(table))
                + sources.stream()
                        .map(s -> "SELECT " + values(table, s.part().columns()) + " FROM " + s.from())
                        .collect(Collectors.joining(" UNION ALL "))
                + inOrder(order);
    }

    /// What follows a SELECT that names its columns.
    static String inOrder(List<String> columns) {
        return columns.isEmpty()
                ? ""
                : columns.stream().map(TableName::quoted).collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    /// The rows of a hidden table into the one that readers see.
    String join(TableName into, Schema table, TableName from, Schema columns) {
        return insert(into, Loading.names(table)) + "SELECT " + values(table, columns) + " FROM " + from.sql()
                + inOrder(order);
    }

    /// Rows that will be merged, with what they do, into a table that keeps them until then.
    String waiting(TableName into, Schema table, List<Source> sources, long commit) {
        String names = Loading.names(table) + ", " + RowChanges.OP + ", " + RowChanges.ABSENT + ", " + RowChanges.ROW
                + ", " + RowChanges.PART;
        return insert(into, names) + changes(table, sources, commit * Merging.MOST_PARTS);
    }

    /// A SELECT of the rows that waited in `from`, with what they do and where they stood.
    String waited(Schema table, TableName from, Schema columns) {
        return "SELECT " + values(table, columns) + ", " + RowChanges.OP + ", " + RowChanges.ABSENT + ", "
                + RowChanges.ROW + ", " + RowChanges.PART + " FROM " + from.sql();
    }

    /// A SELECT of the rows with what they do and where they stood.
    String changes(Schema table, List<Source> sources, long firstPart) {
        return sources.stream()
                .map(s -> "SELECT " + values(table, s.part().columns())
                        + (!s.part().primaryKey().isEmpty()
                                ? ", " + RowChanges.OP + ", "
                                        + absent(table, s.part().columns()) + " AS " + RowChanges.ABSENT + ", "
                                        + RowChanges.ROW
                                : ", 0 AS " + RowChanges.OP + ", '' AS " + RowChanges.ABSENT + ", 0 AS "
                                        + RowChanges.ROW)
                        + ", " + (firstPart + s.number()) + " AS " + RowChanges.PART + " FROM " + s.from())
                .collect(Collectors.joining(" UNION ALL "));
    }

    /// Rows of a part that lacks a column say nothing about it.
    private static String absent(Schema table, Schema columns) {
        String lacking = table.fields().stream()
                .filter(field -> columns.indexOf(field.name()).isEmpty())
                .map(field -> RowChanges.MARK + field.name() + RowChanges.MARK)
                .collect(Collectors.joining());
        return lacking.isEmpty() ? RowChanges.ABSENT : RowChanges.ABSENT + " || " + Sql.literal(lacking);
    }

    private static String insert(TableName into, String names) {
        return "INSERT INTO " + into.sql() + " (" + names + ") ";
    }

    /// The table's columns from rows that have `columns`.
    String values(Schema table, Schema columns) {
        return table.fields().stream()
                .map(field -> value(field, columns) + " AS " + TableName.quoted(field.name()))
                .collect(Collectors.joining(", "));
    }

    private String value(Field field, Schema columns) {
        OptionalInt at = columns.indexOf(field.name());
        if (at.isEmpty()) {
            return database.value("NULL", field.type(), field.type());
        }
        DataType from = columns.field(at.getAsInt()).type();
        return database.value(TableName.quoted(field.name()), from, field.type());
    }
}
