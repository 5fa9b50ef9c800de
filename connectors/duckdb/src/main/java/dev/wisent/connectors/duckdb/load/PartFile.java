package dev.wisent.connectors.duckdb.load;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WriteFailure;
import dev.wisent.api.fault.Boundary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// One part on disk, touched by one ship thread after the other.
final class PartFile {
    private final Path path;
    private Optional<FileChannel> channel = Optional.empty();
    private long bytes;

    PartFile(Path path) {
        this.path = path;
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    void write(byte[] data, int length) {
        try {
            if (channel.isEmpty()) {
                channel = Optional.of(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            }
            ByteBuffer content = ByteBuffer.wrap(data, 0, length);
            while (content.hasRemaining()) {
                bytes += channel.get().write(content);
            }
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part can't be written", path, bytes + length, e);
        }
    }

    /// The content and the name are on disk when it returns.
    long seal() {
        try (FileChannel open = channel.orElseThrow()) {
            Boundary.reached(Boundary.STAGING);
            open.force(true);
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                sync(folder);
            }
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part can't be written", path, bytes, e);
        }
        Boundary.reached(Boundary.STAGED);
        return bytes;
    }

    private static void sync(Path folder) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return; // which writes names with their content, and opens no folders
        }
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /// What can't be removed is left to the next run's sweep.
    void discard() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part that is not needed can't be removed", path, 0, e);
        }
    }
}
