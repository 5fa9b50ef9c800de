package dev.wisent.api.format;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;

/// Finds formats by name. The engine hands it to sources.
@FunctionalInterface
public interface FileFormats {
    /// Opens the family it is in; no other I/O.
    ///
    /// @throws WisentException when there is none of that name
    FileFormat find(String name);

    /// Where there are no families: for tests of parts that use none.
    static FileFormats none() {
        return name -> {
            throw WisentException.of(ErrorCode.NOT_SUPPORTED, "files of format " + name + " can't be read here")
                    .hint("the family that reads them is not installed");
        };
    }
}
