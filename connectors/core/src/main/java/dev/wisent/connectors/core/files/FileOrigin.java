package dev.wisent.connectors.core.files;

import java.util.List;
import java.util.function.Consumer;

/// Where the files lie: below a folder of this machine, or below a place of an object store. Any thread. Failures that
/// concern one file are [SplitFailure][dev.wisent.api.error.SplitFailure]s; others are about the place itself.
interface FileOrigin extends AutoCloseable {
    /// Proves that the place is there and may be read.
    void check();

    /// Calls `each` with the files the pattern names, in any order, and keeps none of them: there may be millions.
    ///
    /// @param folders only files below these, by names relative to where the pattern's first wildcard lies; one that is
    ///     empty means all. None may lie in another
    void list(List<String> folders, Consumer<InputFile> each);

    /// Starts reading at byte `from`; may do so only when the first bytes are asked for.
    OpenFile open(InputFile file, long from);

    @Override
    void close();

    /// A file as it was listed, being read. One thread.
    interface OpenFile extends AutoCloseable {
        /// Fills `block` from `from` on, and answers how far; `from` only at the end. A transient failure may be answered by
        /// calling again: nothing is lost or read twice.
        int fill(byte[] block, int from);

        /// All bytes came: are they those of the file that was listed?
        void end();

        @Override
        void close();
    }
}
