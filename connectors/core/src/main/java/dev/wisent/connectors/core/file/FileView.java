package dev.wisent.connectors.core.file;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.core.internal.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One file. Appended rows are written where the commits before them end, so that writing them twice changes nothing. A
/// new generation is put together
/// before its publish is decided, under a name that is made once; showing it is a rename, which nobody can repeat.
final class FileView implements Visible {
    private static final int COPY_BYTES = 1 << 20;

    private final Layout.Local layout;
    private final ManifestLog log;

    FileView(Layout.Local layout, ManifestLog log) {
        this.layout = layout;
        this.log = log;
    }

    /// Compares length and checksums of everything that is certainly there with what was written.
    @Override
    public void verify(State state) throws IOException {
        Effect due = state.due();
        List<Part> live = state.contents().live();
        long most = Contents.length(live);
        if (due instanceof Effect.Replace) {
            return;
        }
        List<Part> certain = due instanceof Effect.Reveal reveal
                ? live.subList(0, live.size() - reveal.parts().size())
                : live;
        long least = Contents.length(certain);
        long length = Files.exists(layout.path()) ? Files.size(layout.path()) : 0;
        if (length < least || length > most) {
            throw changed(
                    "it has " + length + " bytes, the commits wrote " + (least == most ? "" : least + " to ") + most);
        }
        if (least > 0) {
            try (FileChannel file = FileChannel.open(layout.path(), StandardOpenOption.READ)) {
                verify(file, certain);
            }
        }
    }

    private void verify(FileChannel file, List<Part> parts) throws IOException {
        long at = 0;
        for (Part part : parts) {
            at += at == 0 ? part.header() : 0;
            if (!holds(file, part, at)) {
                throw changed("bytes " + at + " to " + (at + part.body()) + " are not those that were written");
            }
            at += part.body();
        }
    }

    /// Whether the file has the part's rows at `from`.
    private static boolean holds(FileChannel file, Part part, long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
        CRC32C crc = new CRC32C();
        long end = from + part.body();
        for (long at = from; at < end; ) {
            buffer.clear().limit((int) Math.min(COPY_BYTES, end - at));
            int read = file.read(buffer, at);
            if (read < 0) {
                return false;
            }
            crc.update(buffer.flip());
            at += read;
        }
        return crc.getValue() == part.bodyCrc();
    }

    private WisentException changed(String how) {
        return WisentException.of(ErrorCode.DESTINATION_FOREIGN, "the file was changed by someone else: " + how)
                .where(layout.path().toString())
                .hint("restore it, or remove it together with " + layout.bookkeeping() + " to begin anew");
    }

    /// A second header, or rows under another one, can't be in one file.
    @Override
    public void refuseUnshowable(State state, Commit.Data data) {
        List<Part> before = state.contents().before(data.generation());
        List<Part> parts = data.fragments().stream().map(Part::of).toList();
        for (Part part : parts) {
            Part first = before.isEmpty() ? parts.getFirst() : before.getFirst();
            if (part.header() != first.header() || part.headerCrc() != first.headerCrc()) {
                throw WisentException.of(
                                ErrorCode.SCHEMA_REFUSED, "the columns have changed, and one CSV file has one header")
                        .where(layout.path().toString())
                        .hint("write to a folder, or as NDJSON, or refuse new columns (contract: {columns:"
                                + " discard_value})");
            }
        }
    }

    @Override
    public Optional<String> prepare(State state, Commit.Publish publish) throws IOException {
        if (!state.contents().publishReplaces()) {
            return Optional.empty();
        }
        Path whole =
                CreateIfAbsent.temporary(layout.bookkeeping(), publish.head().n());
        try (FileChannel out = FileChannel.open(whole, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long at = 0;
            for (Part part : state.contents().opened()) {
                at = copy(part, out, at);
            }
            out.force(true);
        }
        return Optional.of(String.valueOf(whole.getFileName()));
    }

    @Override
    public void apply(State state) throws IOException {
        switch (state.due()) {
            case Effect.Nothing n -> {}
            case Effect.Reveal reveal -> append(state, reveal);
            case Effect.Replace replace -> {
                if (replace.whole().isPresent()) {
                    Disk.rename(layout.bookkeeping().resolve(replace.whole().get()), layout.path());
                }
                Boundary.reached(Boundary.IN_ROLL_FORWARD);
                Disk.syncFolder(Objects.requireNonNull(layout.path().getParent()));
                delete(replace.parts());
                delete(replace.superseded());
            }
            case Effect.Discard discard -> delete(discard.parts());
        }
    }

    private void append(State state, Effect.Reveal reveal) throws IOException {
        if (reveal.parts().isEmpty()) {
            return;
        }
        try (FileChannel file = FileChannel.open(
                layout.path(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // The file is opened before the parts: while a part is staged, nothing came after its commit, so this is
            // the file
            // it belongs to, whatever takes that file's place before the last byte is written.
            long at = reveal.offset();
            for (Part part : reveal.parts()) {
                long end = at + (at == 0 ? part.bytes() : part.body());
                try {
                    copy(part, file, at);
                } catch (NoSuchFileException e) {
                    // An earlier application wrote it, and nothing may have touched it since.
                    if (!holds(file, part, end - part.body()) && !log.goesOnAfter(state.n())) {
                        throw changed("commit " + state.n() + " is not in it as it was written");
                    }
                }
                at = end;
                Boundary.reached(Boundary.IN_ROLL_FORWARD);
            }
            file.force(true);
        }
        Disk.syncFolder(Objects.requireNonNull(layout.path().getParent()));
        delete(reveal.parts());
    }

    /// Writes a staged part at `at`, without its header unless it comes first; says where it ends.
    private long copy(Part part, FileChannel out, long at) throws IOException {
        try (FileChannel in = FileChannel.open(layout.staged(part), StandardOpenOption.READ)) {
            long from = at == 0 ? 0 : part.header();
            long to = at;
            while (from < part.bytes()) {
                long copied = in.transferTo(from, part.bytes() - from, out.position(to));
                if (copied <= 0) {
                    throw new IOException("part " + part.name() + " has less than " + part.bytes() + " bytes");
                }
                from += copied;
                to += copied;
            }
            return to;
        }
    }

    private void delete(List<Part> parts) throws IOException {
        for (Part part : parts) {
            Files.deleteIfExists(layout.staged(part));
        }
    }
}
