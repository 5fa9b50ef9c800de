package dev.wisent.columnar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/// The fields of a record, in order. Immutable; two schemas are equal when their fields are.
public final class Schema {
    private final List<Field> fields;
    private final Map<String, Integer> byName;

    private Schema(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.byName = HashMap.newHashMap(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            if (byName.put(fields.get(i).name(), i) != null) {
                throw new IllegalArgumentException(
                        "two fields are named '" + fields.get(i).name() + "'");
            }
        }
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    public static Schema of(List<Field> fields) {
        return new Schema(fields);
    }

    public List<Field> fields() {
        return fields;
    }

    public int size() {
        return fields.size();
    }

    public Field field(int index) {
        return fields.get(index);
    }

    public OptionalInt indexOf(String name) {
        Integer index = byName.get(name);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /// Whether something is said of any field.
    public boolean hasNotes() {
        return fields.stream().anyMatch(field -> !field.notes().equals(FieldNotes.NONE));
    }

    /// The same fields with the notes that those of the same name and type have in `like`.
    public Schema noted(Schema like) {
        return of(fields.stream()
                .map(field -> {
                    OptionalInt at = like.indexOf(field.name());
                    return at.isEmpty()
                            ? field
                            : field.noted(like.field(at.getAsInt())
                                    .typed(field.type())
                                    .notes());
                })
                .toList());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Schema that && fields.equals(that.fields));
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(fields);
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
