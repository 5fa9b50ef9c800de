package dev.wisent.connectors.core.files;

import dev.wisent.api.Reject;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.format.FileBytes;
import java.io.EOFException;
import java.util.Optional;

/// A listed file, read from any place. What follows the last read is read on without asking anew.
final class ListedBytes implements FileBytes, AutoCloseable {
    private final FileOrigin origin;
    private final InputFile file;
    private Optional<FileOrigin.OpenFile> open = Optional.empty();
    private long at;

    ListedBytes(FileOrigin origin, InputFile file) {
        this.origin = origin;
        this.file = file;
    }

    @Override
    public String where() {
        return file.where();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public byte[] read(long from, int length) {
        if (from < 0 || length < 0 || from > file.size() - length) {
            throw ends(Reject.Stage.PARSE, "the file names bytes it does not have", from + length);
        }
        if (open.isEmpty() || at != from) {
            close();
            open = Optional.of(origin.open(file, from));
            at = from;
        }
        byte[] bytes = new byte[length];
        int got = 0;
        while (got < length) {
            int more = fill(open.get(), bytes, got);
            if (more == got) {
                throw ends(Reject.Stage.DOWNLOAD, "the file has fewer bytes than were listed", from + got);
            }
            got = more;
        }
        at = from + length;
        return bytes;
    }

    /// After a failure the next read begins anew, wherever it is.
    private int fill(FileOrigin.OpenFile in, byte[] bytes, int from) {
        try {
            return in.fill(bytes, from);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// What was read is what was listed, as far as that can be told.
    void end() {
        open.ifPresent(FileOrigin.OpenFile::end);
    }

    private SplitFailure ends(Reject.Stage stage, String why, long where) {
        return new SplitFailure(
                stage, why, file.where(), new EOFException("byte %,d of %,d".formatted(where, file.size())));
    }

    @Override
    public void close() {
        open.ifPresent(FileOrigin.OpenFile::close);
        open = Optional.empty();
    }
}
