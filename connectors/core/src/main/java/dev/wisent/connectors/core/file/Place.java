package dev.wisent.connectors.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Where a destination is: a folder or file of local disk, or a place in an object store.
interface Place extends AutoCloseable {
    /// For people.
    String where();

    Bookkeeping bookkeeping();

    Visible visible();

    /// Makes what has to be there before a part is written.
    void open() throws IOException;

    /// Refuses a place that would let two commits take one number.
    void check() throws IOException;

    /// A file that reads as if it were ours, and isn't, in a place without an owner; or none.
    Optional<String> foreignFile() throws IOException;

    /// A new staged part of that name; nothing of it is written yet.
    PartFile stage(String name);

    /// Whether each is staged as long as it was written, and durable.
    boolean areStaged(List<Part> parts) throws IOException;

    /// The bytes of a visible part.
    InputStream read(Part part) throws IOException;

    /// Removes what earlier claims left: parts whose names are `left`, and what was prepared for numbers up to `claim`.
    void sweep(long claim, Predicate<String> left, State state) throws IOException;

    @Override
    void close();
}
