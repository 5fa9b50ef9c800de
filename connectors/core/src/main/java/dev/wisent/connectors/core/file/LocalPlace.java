package dev.wisent.connectors.core.file;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.core.internal.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A folder or one file on local disk.
final class LocalPlace implements Place {
    private final Layout.Local layout;
    private final LocalBookkeeping bookkeeping;
    private final Visible visible;

    LocalPlace(Layout.Local layout) {
        this.layout = layout;
        this.bookkeeping = new LocalBookkeeping(layout);
        this.visible = Visible.of(layout);
    }

    @Override
    public String where() {
        return layout.where();
    }

    @Override
    public Bookkeeping bookkeeping() {
        return bookkeeping;
    }

    @Override
    public Visible visible() {
        return visible;
    }

    @Override
    public void open() throws IOException {
        bookkeeping.creator();
    }

    @Override
    public void check() throws IOException {
        CreateIfAbsent probe = bookkeeping.creator();
        String name =
                String.valueOf(CreateIfAbsent.temporary(layout.bookkeeping(), 0).getFileName());
        boolean first = probe.create(name, new byte[] {1});
        boolean second = probe.create(name, new byte[] {2});
        CreateIfAbsent.delete(layout.bookkeeping().resolve(name));
        if (!first || second) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED, "this file system lets a second file take the name of a first")
                    .where(layout.bookkeeping().toString())
                    .hint("use a path on a local disk");
        }
    }

    @Override
    public Optional<String> foreignFile() throws IOException {
        return switch (layout) {
            case Layout.OneFile file ->
                Files.exists(file.path()) && Files.size(file.path()) > 0
                        ? Optional.of(file.path().toString())
                        : Optional.empty();
            case Layout.Folder folder -> firstPart(folder.path());
        };
    }

    private static Optional<String> firstPart(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*.{ndjson,csv,parquet}")) {
                for (Path part : parts) {
                    return Optional.of(part.toString());
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public PartFile stage(String name) {
        return new LocalPart(layout.parts().resolve(name));
    }

    @Override
    public boolean areStaged(List<Part> parts) throws IOException {
        for (Part part : parts) {
            Path staged = layout.staged(part);
            if (!Files.exists(staged) || Files.size(staged) != part.bytes()) {
                return false;
            }
        }
        if (!parts.isEmpty()) {
            Disk.syncFolder(layout.parts());
        }
        return true;
    }

    @Override
    public InputStream read(Part part) throws IOException {
        return Files.newInputStream(layout.visible(part));
    }

    @Override
    public void sweep(long claim, Predicate<String> left, State state) throws IOException {
        for (String part : LocalBookkeeping.names(layout.parts(), "")) {
            if (left.test(part)) {
                Files.deleteIfExists(layout.parts().resolve(part));
            }
        }
        // Every number up to the claim is decided, so nothing that carries one is needed for deciding any more.
        for (String name : bookkeeping.names(CreateIfAbsent.TEMPORARY)) {
            Optional<Long> number = CreateIfAbsent.numberIn(name);
            if (number.isPresent() && number.get() <= claim) {
                bookkeeping.delete(name);
            }
        }
    }

    @Override
    public void close() {}
}
