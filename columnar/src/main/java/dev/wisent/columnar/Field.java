package dev.wisent.columnar;

import java.util.Objects;

/// A named, typed column of a [Schema] or [DataType.Struct]. Names are case sensitive and never empty.
public record Field(String name, DataType type, Nullability nullability) {
    public Field {
        Objects.requireNonNull(type);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a field needs a name");
        }
    }

    public static Field nullable(String name, DataType type) {
        return new Field(name, type, Nullability.NULLABLE);
    }

    public static Field required(String name, DataType type) {
        return new Field(name, type, Nullability.REQUIRED);
    }

    public boolean isNullable() {
        return nullability == Nullability.NULLABLE;
    }
}
