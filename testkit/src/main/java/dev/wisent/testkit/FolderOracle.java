package dev.wisent.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The NDJSON rows a `file` destination holds, told in two ways that must agree: by its bookkeeping, and by looking at the
/// files as a user's glob does.
public final class FolderOracle {
    private final Path path;
    private final Path bookkeeping;
    private final boolean oneFile;

    private FolderOracle(Path path, Path bookkeeping, boolean oneFile) {
        this.path = path;
        this.bookkeeping = bookkeeping;
        this.oneFile = oneFile;
    }

    /// Of a destination that is a folder of parts.
    public static FolderOracle ofFolder(Path path) {
        return new FolderOracle(path, path.resolve(".wisent"), false);
    }

    /// Of a destination that is one file.
    public static FolderOracle ofFile(Path path) {
        Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
        return new FolderOracle(path, folder.resolve(".wisent").resolve(path.getFileName()), true);
    }

    public Bookkeeping bookkeeping() {
        return Bookkeeping.read(bookkeeping);
    }

    /// The published rows as the bookkeeping names them. Complains of a part that is not there or not as long as it was
    /// written.
    public RowBag byManifest() {
        List<Bookkeeping.PartFile> live = bookkeeping().live();
        if (oneFile) {
            long named = live.stream().mapToLong(Bookkeeping.PartFile::bytes).sum();
            require(size(path) == named, path + " has " + size(path) + " bytes, the commits wrote " + named);
            return rows(live.isEmpty() ? List.of() : List.of(path));
        }
        return rows(live.stream().map(this::visible).toList());
    }

    /// How many rows are committed, published or not, wherever their files are at the moment. There is no base yet.
    public long committedRows() {
        return rowCount(bookkeeping().live()) + hiddenRows();
    }

    /// How many of them are in the generation that is not published.
    public long hiddenRows() {
        return rowCount(bookkeeping().open().orElse(List.of()));
    }

    private static long rowCount(List<Bookkeeping.PartFile> parts) {
        return parts.stream().mapToLong(part -> part.rows().orElseThrow()).sum();
    }

    /// The rows of every file a user sees.
    public RowBag byGlob() {
        return rows(visibleFiles());
    }

    /// Files left behind: staged parts nobody needs and temporary names.
    public List<Path> leftovers() {
        List<String> needed = bookkeeping().open().orElse(List.of()).stream()
                .map(Bookkeeping.PartFile::name)
                .toList();
        try (Stream<Path> all = Files.walk(bookkeeping)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.startsWith(bookkeeping.resolve("parts"))
                            || String.valueOf(file.getFileName()).startsWith("tmp-"))
                    .filter(file -> !needed.contains(String.valueOf(file.getFileName())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> visibleFiles() {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(bookkeeping))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path visible(Bookkeeping.PartFile part) {
        Path file = path.resolve(part.folder()).resolve(part.name());
        require(Files.exists(file), "a committed part is not there: " + file);
        require(size(file) == part.bytes(), file + " has " + size(file) + " bytes, not " + part.bytes());
        return file;
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new AssertionError(complaint);
        }
    }

    private static RowBag rows(List<Path> files) {
        RowBag rows = new RowBag();
        for (Path file : files) {
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                reader.lines().forEach(rows::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return rows;
    }
}
