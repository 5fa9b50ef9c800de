package dev.wisent.columnar.internal;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import java.util.List;

/// Where a value goes in a schema: a column, or something inside one.
public sealed interface Slot {
    /// The column with just enough inside it for a value of `type` in this place: what a schema is asked to grow by.
    Field wanting(DataType type);

    /// The dotted name used in messages.
    String path();

    record Column(String name) implements Slot {
        @Override
        public Field wanting(DataType type) {
            return Field.nullable(name, type);
        }

        @Override
        public String path() {
            return name;
        }
    }

    record Member(Slot parent, String name) implements Slot {
        @Override
        public Field wanting(DataType type) {
            return parent.wanting(new DataType.Struct(List.of(Field.nullable(name, type))));
        }

        @Override
        public String path() {
            return parent.path() + "." + name;
        }
    }

    record Element(Slot parent) implements Slot {
        @Override
        public Field wanting(DataType type) {
            return parent.wanting(new DataType.ListOf(type));
        }

        @Override
        public String path() {
            return parent.path() + "[]";
        }
    }

    record Entry(Slot parent, DataType key) implements Slot {
        @Override
        public Field wanting(DataType type) {
            return parent.wanting(new DataType.MapOf(key, type));
        }

        @Override
        public String path() {
            return parent.path() + "{}";
        }
    }
}
