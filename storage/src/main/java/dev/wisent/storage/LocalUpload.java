package dev.wisent.storage;

import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/// A file that is written part by part, each at its own place.
final class LocalUpload implements Upload {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final String path;
    private final long partBytes;
    private final Path temporary;
    private final Path file;
    private final FileChannel channel;
    private final DirectWrites blocks;
    private volatile Optional<ObjectInfo> completed = Optional.empty();

    LocalUpload(String path, long partBytes, Path temporary, Path file, FileChannel channel) {
        this.path = path;
        this.partBytes = partBytes;
        this.temporary = temporary;
        this.file = file;
        this.channel = channel;
        this.blocks = DirectWrites.into(temporary, channel);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public void part(int number, ByteBuffer content) {
        ByteBuffer rest = content.duplicate();
        long at = (number - 1) * partBytes;
        try {
            if (at % DirectWrites.BLOCK == 0) {
                at += blocks.blocks(at, rest, NOTHING);
            }
            while (rest.hasRemaining()) {
                at += channel.write(rest, at);
            }
        } catch (IOException e) {
            throw LocalFailure.of("part " + number + " can't be written", file, e);
        }
    }

    @Override
    public ObjectInfo complete() {
        if (completed.isEmpty()) {
            try {
                channel.force(true);
                completed = Optional.of(LocalStore.place(path, temporary, file));
            } catch (IOException e) {
                throw LocalFailure.of("the file can't be put in place", file, e);
            }
        }
        return completed.orElseThrow(
                () -> StorageFailure.of(StorageFailure.Kind.REFUSED, "the file is not complete", file.toString()));
    }

    @Override
    public void close() {
        try (FileChannel _ = channel) {
            blocks.close();
        } catch (IOException e) {
            throw LocalFailure.of("the file can't be closed", file, e);
        } finally {
            if (completed.isEmpty()) {
                LocalFailure.cleanUp(temporary);
            }
        }
    }
}
