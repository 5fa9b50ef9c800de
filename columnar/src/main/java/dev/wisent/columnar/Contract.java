package dev.wisent.columnar;

import java.util.Objects;

/// What happens when records differ from the schema of their stream.
///
/// @param columns a key that is no column
/// @param types a value that does not fit its column exactly
/// @param missing a required column without value. A required column is never made nullable and null is no value, so all
///     modes but `FREEZE` refuse the record
public record Contract(Mode columns, Mode types, Mode missing) {
    /// For schemas that were inferred: they grow with the data.
    public static final Contract INFERRED = new Contract(Mode.EVOLVE, Mode.EVOLVE, Mode.EVOLVE);
    /// For schemas that were written down: other keys are dropped and counted, values that do not fit refuse the record.
    public static final Contract EXPLICIT = new Contract(Mode.DISCARD_VALUE, Mode.DISCARD_ROW, Mode.DISCARD_ROW);

    public Contract {
        Objects.requireNonNull(columns);
        Objects.requireNonNull(types);
        Objects.requireNonNull(missing);
    }

    /// The four answers; in configuration in lower case.
    public enum Mode {
        /// Add the column, or widen the type where no written value changes; what can't be widened is a bad record.
        EVOLVE,
        /// End the run with a [ContractViolation].
        FREEZE,
        /// The record is bad.
        DISCARD_ROW,
        /// The value is dropped (a column: null) and counted.
        DISCARD_VALUE
    }
}
