package dev.wisent.api.format;

import dev.wisent.api.Position;
import dev.wisent.api.source.Decoder;
import dev.wisent.columnar.Schema;

/// A format of files whose records carry their types. Found by `java.util.ServiceLoader`. Any thread; what the methods
/// return is for one thread each.
///
/// A file that is not what it should be is a [dev.wisent.api.error.SplitFailure], from any method here and of what they
/// return: nothing of it is used.
public interface FileFormat {
    /// What `format:` calls it.
    String name();

    /// One line for people.
    String summary();

    /// The columns of a file's records, each nullable. Reads no more of the file than it takes.
    Schema schema(FileBytes file);

    /// What decoding `file` after `after` takes, in order. Read by the thread that fetches.
    Pieces pieces(FileBytes file, Position after, Projection wanted);

    /// Decodes the [Pieces] of one file. Its rows have the columns of [#schema] that are wanted, in that order, under
    /// ordinals that count the file's records from 0; none up to `after` is handed over again. Each batch comes with a
    /// stand that is safe to resume at, and the end with one behind the last record.
    ///
    /// @param where the file's path or URL, for messages
    Decoder decoder(String where, Position after, Projection wanted);
}
