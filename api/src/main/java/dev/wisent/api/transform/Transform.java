package dev.wisent.api.transform;

import dev.wisent.columnar.Schema;
import java.util.Optional;

/// A configured step. Shared by all workers of a run: every method but `close` may be called from any thread.
public interface Transform extends AutoCloseable {
    /// What decides its rows, as one text, secrets not readable in it. An unfinished full refresh goes on only under equal
    /// fingerprints.
    String fingerprint();

    /// Proves before any row that the step can work on rows of `input`, and says what it makes of them. Throws a
    /// [dev.wisent.api.error.WisentException] that names what is wrong.
    ///
    /// @param input the columns that come; [dev.wisent.api.source.RawRecords#SCHEMA] for schemaless records; empty when only
    ///     the rows will tell
    /// @return the columns it hands on; empty when only the rows will tell
    Optional<Schema> check(Optional<Schema> input);

    /// A step for one worker.
    TransformStep step();

    /// Whether one row may become several. Such steps get small batches.
    default Fanout fanout() {
        return Fanout.ONE;
    }

    /// How many rows make a call of a step worth what the call itself costs. Where records come in smaller portions, those of
    /// one input that are fetched already are put together; nothing waits for more to come. What becomes of a row must not
    /// depend on it.
    default int worthwhileRows() {
        return 1;
    }

    /// Memory each step takes outside the heap; the engine takes it off its budget (R10).
    default long nativeBytes() {
        return 0;
    }

    @Override
    default void close() {}

    /// How many rows one row may become.
    enum Fanout {
        /// None or one.
        ONE,
        /// Any number.
        MANY
    }
}
