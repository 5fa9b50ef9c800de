package dev.wisent.connectors.core.files;

import dev.wisent.api.Reject;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Files of this machine. They don't go through the store of local disk: that lists everything below a folder, where
/// here only folders are entered in which the pattern can match, and a file on disk is changed in place, so it is
/// looked at once more when it was read.
final class LocalOrigin implements FileOrigin {
    private final String path;

    /// @param path a pattern, a file or a folder
    LocalOrigin(String path) {
        this.path = path;
    }

    /// A name without wildcards may be a folder's: that is known only when it is looked at.
    private Glob glob() {
        boolean wild = path.chars().anyMatch(c -> "*?[{\\".indexOf(c) >= 0);
        return Glob.parse(path, !wild && Files.isDirectory(Path.of(path)));
    }

    @Override
    public void check() {
        Glob glob = glob();
        if (!Files.isDirectory(glob.root())) {
            throw WisentException.of(ErrorCode.SOURCE_CONNECTION, "there is no such folder")
                    .where(glob.root().toString())
                    .hint("path '" + path + "' starts at the folder the command runs in");
        }
        if (!Files.isReadable(glob.root())) {
            throw WisentException.of(ErrorCode.SOURCE_CONNECTION, "the folder may not be read")
                    .where(glob.root().toString());
        }
    }

    @Override
    public void list(List<String> folders, Consumer<InputFile> each) {
        Listing.of(glob(), folders, each);
    }

    @Override
    public OpenFile open(InputFile file, long from) {
        return new Opened(file, from);
    }

    @Override
    public void close() {}

    private static final class Opened implements OpenFile {
        private final InputFile file;
        private final long from;
        private Optional<FileChannel> channel = Optional.empty();

        Opened(InputFile file, long from) {
            this.file = file;
            this.from = from;
        }

        @Override
        public int fill(byte[] block, int start) {
            try {
                if (channel.isEmpty()) {
                    refuseChanged();
                    channel = Optional.of(FileChannel.open(Path.of(file.where()), StandardOpenOption.READ)
                            .position(from));
                }
                ByteBuffer buffer = ByteBuffer.wrap(block).position(start);
                while (buffer.hasRemaining() && channel.get().read(buffer) >= 0) {
                    // until it is full
                }
                return buffer.position();
            } catch (IOException e) {
                throw unusable(e);
            }
        }

        @Override
        public void end() {
            try {
                refuseChanged();
            } catch (IOException e) {
                throw unusable(e);
            }
        }

        private void refuseChanged() throws IOException {
            if (!file.isSame(Files.readAttributes(Path.of(file.where()), BasicFileAttributes.class))) {
                throw unusable(
                        "the file has changed since it was listed",
                        new IOException("size or modification time differ"));
            }
        }

        private SplitFailure unusable(IOException e) {
            return e instanceof NoSuchFileException
                    ? unusable("the file is gone", e)
                    : unusable("the file can't be read: " + e.getMessage(), e);
        }

        private SplitFailure unusable(String why, IOException cause) {
            return new SplitFailure(Reject.Stage.DOWNLOAD, why, file.where(), cause);
        }

        @Override
        public void close() {
            try {
                if (channel.isPresent()) {
                    channel.get().close();
                }
            } catch (IOException e) {
                throw unusable("the file can't be closed: " + e.getMessage(), e);
            }
        }
    }
}
