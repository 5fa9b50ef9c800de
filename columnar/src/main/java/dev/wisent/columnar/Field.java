package dev.wisent.columnar;

import java.util.Objects;

/// A named, typed column of a [Schema] or [DataType.Struct]. Names are case sensitive and never empty. Notes do not count when
/// fields are compared.
public record Field(String name, DataType type, Nullability nullability, FieldNotes notes) {
    public Field {
        Objects.requireNonNull(type);
        Objects.requireNonNull(notes);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a field needs a name");
        }
    }

    public Field(String name, DataType type, Nullability nullability) {
        this(name, type, nullability, FieldNotes.NONE);
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

    /// The same under another name.
    public Field named(String other) {
        return new Field(other, type, nullability, notes);
    }

    /// The same with another type; what a table gives rows without a value was of the old one.
    public Field typed(DataType other) {
        return new Field(
                name, other, nullability, other.equals(type) ? notes : FieldNotes.description(notes.description()));
    }

    /// The same with other notes.
    public Field noted(FieldNotes other) {
        return new Field(name, type, nullability, other);
    }

    /// The same, but values may be missing.
    public Field relaxed() {
        return new Field(name, type, Nullability.NULLABLE, notes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Field that
                && name.equals(that.name)
                && type.equals(that.type)
                && nullability == that.nullability;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, nullability);
    }

    @Override
    public String toString() {
        return "Field[name=" + name + ", type=" + type + ", nullability=" + nullability + "]";
    }
}
