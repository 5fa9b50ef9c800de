package dev.wisent.cli.internal.command;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Folders that are made on demand.
final class Places {
    private Places() {}

    /// `folder`, if it can be written, or could be made; else an error.
    static String writable(Path folder) {
        Path there = existing(folder);
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw WisentException.of(
                            ErrorCode.WRITE_FAILED,
                            "this folder can't be " + (there.equals(folder.toAbsolutePath()) ? "written" : "made"))
                    .where(folder.toString())
                    .hint(there + (Files.isDirectory(there) ? " may not be written" : " is no folder"))
                    .next("wisent check FILE");
        }
        return folder.toString();
    }

    /// The folder itself, or the lowest one above it that is there.
    static Path existing(Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }
}
