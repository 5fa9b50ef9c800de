package dev.wisent.connectors.core.file;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WriteFailure;
import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.core.internal.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A file.
final class LocalPart implements PartFile {
    private final Path file;
    private Optional<FileChannel> channel = Optional.empty();
    private long bytes;

    LocalPart(Path file) {
        this.file = file;
    }

    @Override
    public void write(byte[] data, int length) {
        try {
            Disk.writeFully(open(), data, length);
            bytes += length;
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part can't be written", file, bytes + length, e);
        }
    }

    private FileChannel open() throws IOException {
        if (channel.isEmpty()) {
            channel = Optional.of(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        }
        return channel.get();
    }

    @Override
    public void seal() {
        try (FileChannel open = open()) {
            Boundary.reached(Boundary.STAGING);
            open.force(true);
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part can't be written", file, bytes, e);
        }
    }

    @Override
    public void discard() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part that is not needed can't be removed", file, 0, e);
        }
    }
}
