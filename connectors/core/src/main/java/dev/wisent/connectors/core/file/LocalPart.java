package dev.wisent.connectors.core.file;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WriteFailure;
import dev.wisent.api.fault.Boundary;
import dev.wisent.storage.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file.
final class LocalPart implements PartFile {
    private final Path file;
    private Optional<NewFile> written = Optional.empty();
    private long bytes;

    LocalPart(Path file) {
        this.file = file;
    }

    @Override
    public void write(byte[] data, int length) {
        try {
            open().write(data, length);
            bytes += length;
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part can't be written", file, bytes + length, e);
        }
    }

    private NewFile open() throws IOException {
        if (written.isEmpty()) {
            written = Optional.of(NewFile.create(file));
        }
        return written.get();
    }

    @Override
    public void seal() {
        try (NewFile open = open()) {
            Boundary.reached(Boundary.STAGING);
            open.finish();
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part can't be written", file, bytes, e);
        }
    }

    @Override
    public void discard() {
        try {
            if (written.isPresent()) {
                written.get().close();
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part that is not needed can't be removed", file, 0, e);
        }
    }
}
