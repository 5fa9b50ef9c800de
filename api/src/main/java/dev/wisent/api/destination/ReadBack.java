package dev.wisent.api.destination;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Reads what a target holds, so that it can be compared with its source. For proving, not for moving.
@FunctionalInterface
public interface ReadBack {
    /// Hands over every row of `target` that is visible now, once, in any order; nothing where there is no such target. Blocks
    /// until all were.
    /// A row that can't be read ends it with a [dev.wisent.api.error.WisentException].
    ///
    /// @param columns what the rows were when they were written. The batches have columns of these names, in the types they
    ///     are stored in, or in these; columns of bookkeeping are left out. Without any, nothing is known of them
    /// @param rows takes each batch, valid during the call only
    void read(StreamId stream, TargetId target, Schema columns, Consumer<RecordBatch> rows);

    /// Hands over rows of a target as [#read] gives them back: where lists become tables of their own, these are targets, too.
    ///
    /// @param tables takes each batch, valid during the call only; without the columns that [#madeUp] names
    default void written(TargetId target, RecordBatch rows, BiConsumer<TargetId, RecordBatch> tables) {
        tables.accept(target, rows);
    }

    /// Columns of what [#written] handed over whose values are made when rows are written: there is nothing to compare them
    /// with.
    default Set<String> madeUp(TargetId target) {
        return Set.of();
    }
}
