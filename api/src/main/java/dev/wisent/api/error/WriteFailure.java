package dev.wisent.api.error;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What users are told of a failed write to a local file: a full disk by its own name, with path and bytes.
public final class WriteFailure {
    /// What the systems call it.
    private static final List<String> FULL =
            List.of("no space left", "disk quota exceeded", "not enough space", "file too large");

    private WriteFailure() {}

    /// [ErrorCode#DISK_FULL] if that is the cause, else `code`.
    ///
    /// @param what could not be done, in words
    /// @param bytes how many were to be written
    public static WisentException of(ErrorCode code, String what, Path where, long bytes, IOException cause) {
        WisentException failure = isFull(cause)
                ? WisentException.of(ErrorCode.DISK_FULL, "no space left: " + what + " (" + bytes + " bytes)")
                        .hint("make room and run again; it goes on where it stopped")
                : WisentException.of(code, what + ": " + cause.getMessage());
        return failure.where(where.toString()).causedBy(cause);
    }

    public static boolean isFull(IOException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return FULL.stream().anyMatch(message::contains);
    }
}
