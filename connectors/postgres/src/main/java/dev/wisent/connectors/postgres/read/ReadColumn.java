package dev.wisent.connectors.postgres.read;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.FieldNotes;
import dev.wisent.columnar.Nullability;
import dev.wisent.connectors.postgres.PostgresColumn;
import dev.wisent.connectors.postgres.PostgresType;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.postgres.Wire;

/// A column as it is read.
///
/// @param wire the form of its values; of a list that of its elements
/// @param expression what stands in the SELECT list
/// @param notes for those who make a table of it; a split does not hold them
record ReadColumn(String name, DataType type, Nullability nullability, Wire wire, String expression, FieldNotes notes) {
    ReadColumn(String name, DataType type, Nullability nullability, Wire wire, String expression) {
        this(name, type, nullability, wire, expression, FieldNotes.NONE);
    }

    static ReadColumn of(PostgresColumn column, PostgresType.Reading reading) {
        return new ReadColumn(
                column.name(),
                reading.type(),
                column.nullability(),
                reading.wire(),
                column.type().expression(qualified(column.name()), reading),
                column.notes(reading.type()));
    }

    /// A column of what is read, which is called `t` in every statement.
    static String qualified(String name) {
        return "t." + Session.quoted(name);
    }

    Field field() {
        return new Field(name, type, nullability, notes);
    }

    boolean isList() {
        return type instanceof DataType.ListOf;
    }
}
