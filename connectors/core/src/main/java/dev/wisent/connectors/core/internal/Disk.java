package dev.wisent.connectors.core.internal;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.error.WriteFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/// Local files whose changes are durable when the call returns (R12).
public final class Disk {
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private Disk() {}

    /// Makes `folder` and its parents, each known to its own parent for good.
    public static void createFolder(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        Path parent = absolute.getParent();
        if (parent != null) {
            createFolder(parent);
        }
        Files.createDirectories(absolute);
        if (parent != null) {
            syncFolder(parent);
        }
    }

    /// Makes names created, moved or removed in `folder` durable. NTFS journals them itself and has no handle to ask.
    public static void syncFolder(Path folder) throws IOException {
        if (!WINDOWS) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /// A new file with this content, on disk before it returns; its name is not.
    public static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeFully(channel, content, content.length);
            channel.force(true);
        }
    }

    public static void writeFully(FileChannel channel, byte[] data, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(data, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /// Moves a file to another name of the same file system, in one step. Says whether there was one.
    public static boolean rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            if (Files.exists(from)) {
                throw e;
            }
            return false;
        }
    }

    /// A failure of a call that may be made again, as nothing has come of it; but for a full disk.
    public static WisentException passing(ErrorCode code, String what, String where, IOException cause) {
        return WriteFailure.isFull(cause)
                ? WriteFailure.of(code, what, Path.of(where), 0, cause)
                : WisentException.transientFailure(code, what + ": " + cause.getMessage(), cause)
                        .where(where);
    }
}
