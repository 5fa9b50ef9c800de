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
import java.util.zip.CRC32C;

/// A part on its way to disk: the actions of one shipment, one after the other.
final class StagedPart {
    private final Path file;
    private final CRC32C headerCrc = new CRC32C();
    private final CRC32C bodyCrc = new CRC32C();
    private Optional<FileChannel> channel = Optional.empty();
    private long header;
    private long bytes;

    StagedPart(Path file) {
        this.file = file;
    }

    void header(byte[] data, int length) {
        headerCrc.update(data, 0, length);
        header = length;
        write(data, length);
    }

    void rows(byte[] data, int length) {
        bodyCrc.update(data, 0, length);
        write(data, length);
    }

    private void write(byte[] data, int length) {
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

    /// The content is on disk when it returns; the name will be, before a commit names it.
    Part seal(String folder) {
        try (FileChannel open = open()) {
            Boundary.reached(Boundary.STAGING);
            open.force(true);
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part can't be written", file, bytes, e);
        }
        Boundary.reached(Boundary.STAGED);
        return new Part(
                folder, String.valueOf(file.getFileName()), bytes, header, headerCrc.getValue(), bodyCrc.getValue());
    }

    /// What can't be removed is left to the next run's sweep.
    void discard() {
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
