package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.parquet.Bounds;
import java.util.Optional;

/// The least and the greatest value of a page, a column chunk, or a file's column.
abstract sealed class Stats permits WholeStats, FractionStats, BytesStats {
    abstract void clear();

    /// Takes what `other`, of the same kind, has seen.
    abstract void merge(Stats other);

    /// Whether both bounds can be told.
    abstract boolean isBounded();

    /// The bounds as PLAIN has single values, byte arrays without their length. Only if bounded.
    abstract byte[] min();

    abstract byte[] max();

    boolean isMinExact() {
        return true;
    }

    boolean isMaxExact() {
        return true;
    }

    /// The bounds in the form of columns; empty unless bounded.
    abstract Optional<Bounds> bounds();

    long nans() {
        return 0;
    }

    /// Compares bounds with those of `other`, both bounded.
    abstract int compareMin(Stats other);

    abstract int compareMax(Stats other);
}
