package dev.wisent.storage;

import dev.wisent.api.error.WriteFailure;
import dev.wisent.api.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/// What failures of the file system mean.
final class LocalFailure {
    private LocalFailure() {}

    static StorageFailure of(String what, Path where, IOException cause) {
        String message = cause instanceof FileSystemException e && e.getReason() != null
                ? e.getReason()
                : cause.getClass().getSimpleName();
        StorageFailure failure = switch (cause) {
            case NoSuchFileException gone ->
                StorageFailure.of(StorageFailure.Kind.NOT_FOUND, "there is no such file", where.toString());
            case AccessDeniedException denied ->
                StorageFailure.of(StorageFailure.Kind.DENIED, what + ": permission denied", where.toString());
            default -> StorageFailure.of(StorageFailure.Kind.REFUSED, what + ": " + message, where.toString());
        };
        return (WriteFailure.isFull(cause) ? failure.hint("make room and run again") : failure).causedBy(cause);
    }

    static StorageFailure noLinks(Path where, Throwable cause) {
        return StorageFailure.of(
                        StorageFailure.Kind.REFUSED,
                        "the file system has no hard links, so a file can't be created on condition that it is not there",
                        where.toString())
                .hint("use a folder on a file system with hard links: not FAT, nor some network shares")
                .causedBy(cause);
    }

    /// A part of the path is a file: then there is nothing below it.
    static boolean isNotInAFolder(IOException e) {
        return e instanceof FileSystemException f
                && String.valueOf(f.getReason()).toLowerCase(Locale.ROOT).contains("not a directory");
    }

    /// Removes what may be left of a write. If it stays, it is found among the unfinished uploads.
    static void cleanUp(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            return;
        }
    }
}
