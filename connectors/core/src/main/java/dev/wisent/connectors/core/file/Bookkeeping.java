package dev.wisent.connectors.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Small records by name, one of which decides each commit. After an [IOException] nobody knows whether a change was made, or
/// will be; a [dev.wisent.api.storage.StorageFailure] of [Prepared#name] says that none was.
interface Bookkeeping {
    /// Fills a record.
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    /// A record that is ready but for its name.
    interface Prepared {
        /// Gives it its name, only if nobody has it, in one step, durable when it returns; false: somebody has.
        boolean name(String name) throws IOException;

        /// Cleans up after [#name].
        void done() throws IOException;
    }

    /// The content of a record; empty: there is none.
    Optional<byte[]> read(String name) throws IOException;

    /// The contents of several, in order.
    default List<Optional<byte[]>> readAll(List<String> names) throws IOException {
        List<Optional<byte[]>> contents = new ArrayList<>();
        for (String name : names) {
            contents.add(read(name));
        }
        return contents;
    }

    boolean has(String name) throws IOException;

    /// The names that begin with `prefix`.
    List<String> names(String prefix) throws IOException;

    /// Makes a record ready that is to decide number `n`.
    Prepared prepare(long n, byte[] content) throws IOException;

    /// Writes a record that is the same whoever writes it, in one step, whether it is there or not.
    void write(String name, long n, Content content) throws IOException;

    /// The content of a record as it arrives; [java.nio.file.NoSuchFileException]: there is none.
    InputStream open(String name) throws IOException;

    /// One that is not there is fine.
    void delete(String name) throws IOException;

    /// What was named, also by others, is durable when it returns.
    void sync() throws IOException;

    /// Where a record is, for people.
    String where(String name);
}
