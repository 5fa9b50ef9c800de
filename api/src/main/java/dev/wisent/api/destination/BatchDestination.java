package dev.wisent.api.destination;

import dev.wisent.api.TargetId;
import dev.wisent.columnar.RecordBatch;
import java.io.IOException;

/// The small way to write a destination: take batches. At least once: after a crash the rows since the last commit
/// come again. An [IOException] ends the run; so does any other failure.
public interface BatchDestination extends AutoCloseable {
    /// Proves that the destination can be written.
    void check() throws IOException;

    /// A full refresh begins; one that was not complete is given up. A refresh that a later run goes on with begins once.
    default void begin() throws IOException {}

    /// Writes the rows for good before it returns. Called by one thread at a time.
    void write(TargetId target, RecordBatch batch) throws IOException;

    /// A full refresh is complete.
    void publish() throws IOException;

    /// Where the rows end up, for people.
    String location();

    @Override
    default void close() {}
}
