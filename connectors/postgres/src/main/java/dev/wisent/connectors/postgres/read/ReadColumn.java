package dev.wisent.connectors.postgres.read;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Nullability;
import dev.wisent.connectors.postgres.PostgresColumn;
import dev.wisent.connectors.postgres.PostgresType;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.postgres.Wire;

/// A column as it is read.
///
/// @param wire the form of its values; of a list that of its elements
/// @param expression what stands in the SELECT list
record ReadColumn(String name, DataType type, Nullability nullability, Wire wire, String expression) {
    static ReadColumn of(PostgresColumn column, PostgresType.Reading reading) {
        return new ReadColumn(
                column.name(),
                reading.type(),
                column.nullability(),
                reading.wire(),
                column.type().expression(qualified(column.name()), reading));
    }

    /// A column of what is read, which is called `t` in every statement.
    static String qualified(String name) {
        return "t." + Session.quoted(name);
    }

    Field field() {
        return new Field(name, type, nullability);
    }

    boolean isList() {
        return type instanceof DataType.ListOf;
    }
}
