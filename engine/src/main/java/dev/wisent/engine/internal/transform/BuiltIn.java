package dev.wisent.engine.internal.transform;

import dev.wisent.api.config.Suggestion;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.Optional;

/// A transform that comes with the engine: works on columns, or, in schemaless streams, on the top-level keys of the
/// records.
abstract class BuiltIn implements Transform {
    /// What to do with batches of columns; throws when the columns don't allow it.
    abstract ColumnPlan columns(Schema input);

    /// What to do with batches of schemaless records.
    abstract ColumnPlan records();

    @Override
    public final Optional<Schema> check(Optional<Schema> input) {
        return input.flatMap(schema -> plan(schema).output());
    }

    @Override
    public final TransformStep step() {
        return new Step();
    }

    private ColumnPlan plan(Schema schema) {
        return schema.equals(RawRecords.SCHEMA) ? records() : columns(schema);
    }

    private final class Step implements TransformStep {
        private Optional<Schema> planned = Optional.empty();
        private Optional<ColumnPlan> plan = Optional.empty();

        @Override
        public Applied apply(RecordBatch batch) {
            if (planned.isEmpty() || !planned.get().equals(batch.schema())) {
                plan = Optional.of(plan(batch.schema()));
                planned = Optional.of(batch.schema());
            }
            return plan.orElseThrow().apply(batch);
        }
    }

    /// Where `column` stands; throws when there is none, with the closest that there is.
    static int find(Schema schema, String column) {
        return schema.indexOf(column).orElseThrow(() -> {
            List<String> names = schema.fields().stream().map(Field::name).toList();
            return WisentException.of(ErrorCode.TRANSFORM_INVALID, "there is no column '" + column + "'")
                    .hint(Suggestion.closest(column, names)
                            .map(name -> "did you mean '" + name + "'?")
                            .orElse("the columns here: " + String.join(", ", names)));
        });
    }

    static WisentException invalid(String what, String hint) {
        return WisentException.of(ErrorCode.TRANSFORM_INVALID, what).hint(hint);
    }

    /// A schema of these fields; throws when two have one name.
    static Schema schema(List<Field> fields) {
        try {
            return Schema.of(fields);
        } catch (IllegalArgumentException twice) {
            throw WisentException.of(ErrorCode.TRANSFORM_INVALID, String.valueOf(twice.getMessage()))
                    .hint("give one of them another name");
        }
    }
}
