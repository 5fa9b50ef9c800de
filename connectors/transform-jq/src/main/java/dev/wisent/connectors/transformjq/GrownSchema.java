package dev.wisent.connectors.transformjq;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.util.List;
import java.util.Optional;

/// The columns of what a program makes, for all workers of a run: those of its input, none required since a program may leave
/// out what it likes, and those it adds, as inferred. Any thread.
final class GrownSchema {
    private Optional<StreamSchema> schema = Optional.empty();

    /// The columns for rows of `input`; grows when the input has grown.
    synchronized StreamSchema over(Schema input) {
        List<Field> optional = input.fields().stream()
                .map(field -> Field.nullable(field.name(), field.type()))
                .toList();
        if (schema.isEmpty()) {
            schema = Optional.of(new StreamSchema(Schema.of(optional)));
        } else {
            Optional<Schema> unused = schema.get().evolve(optional);
        }
        return schema.get();
    }
}
