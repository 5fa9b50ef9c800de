package dev.wisent.connectors.transformjq;

import dev.wisent.api.source.RawRecords;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.Schema;
import java.util.Optional;

/// A jq program as a step. Schemaless records stay schemaless; rows of columns go through it as objects, and come out in the
/// same columns and those the program adds, which only the rows will tell.
final class Jq implements Transform {
    private final String text;
    private final GrownSchema grown = new GrownSchema();

    Jq(String text) {
        this.text = text;
    }

    @Override
    public String fingerprint() {
        return "jq " + text;
    }

    @Override
    public Optional<Schema> check(Optional<Schema> input) {
        JqProgram.compile(text).tryOut();
        return input.filter(schema -> schema.equals(RawRecords.SCHEMA));
    }

    @Override
    public TransformStep step() {
        return new JqStep(JqProgram.compile(text), grown);
    }

    @Override
    public Fanout fanout() {
        return Fanout.MANY;
    }
}
