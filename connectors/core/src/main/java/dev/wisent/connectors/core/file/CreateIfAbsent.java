package dev.wisent.connectors.core.file;

import dev.wisent.connectors.core.internal.Disk;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/// Gives a file its name only if nobody has it, in one step and with its whole content: the compare-and-swap everything
/// rests on. A rename can't do
/// it, it replaces.
///
/// A hard link is refused when the name exists. Where there are no links, a folder holding the file is renamed: that is
/// refused while the
/// name is a folder that is not empty (POSIX rename, ENOTEMPTY), and such a one always has its file in it. Each refuses
/// what the other made.
final class CreateIfAbsent {
    static final String TEMPORARY = "tmp-";
    private static final String INSIDE = "content";

    enum Means {
        LINK,
        FOLDER
    }

    private final Path folder;
    private final Means means;

    CreateIfAbsent(Path folder, Means means) {
        this.folder = folder;
        this.means = means;
    }

    /// By links if the file system of `folder`, which exists, has them.
    static CreateIfAbsent in(Path folder) throws IOException {
        Path first = temporary(folder, 0);
        Path second = temporary(folder, 0);
        Files.createFile(first);
        try {
            Files.createLink(second, first);
            return new CreateIfAbsent(folder, Means.LINK);
        } catch (UnsupportedOperationException | FileSystemException e) {
            return new CreateIfAbsent(folder, Means.FOLDER);
        } finally {
            Files.deleteIfExists(second);
            Files.deleteIfExists(first);
        }
    }

    Means means() {
        return means;
    }

    /// Writes `content` under a temporary name that carries `n`, on disk when it returns.
    Path prepare(long n, byte[] content) throws IOException {
        Path temporary = temporary(folder, n);
        if (means == Means.LINK) {
            Disk.write(temporary, content);
        } else {
            Files.createDirectory(temporary);
            Disk.write(temporary.resolve(INSIDE), content);
            Disk.syncFolder(temporary);
        }
        return temporary;
    }

    /// Names what [#prepare] wrote; false: somebody has the name. After an [IOException] nobody knows. The name is on
    /// disk when it returns.
    boolean name(Path prepared, String name) throws IOException {
        Path target = folder.resolve(name);
        if (means == Means.LINK) {
            try {
                Files.createLink(target, prepared);
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        } else if (!renamed(prepared, target)) {
            return false;
        }
        Disk.syncFolder(folder);
        return true;
    }

    private static boolean renamed(Path prepared, Path target) throws IOException {
        try {
            Files.move(prepared, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            return false;
        } catch (FileSystemException e) {
            // ENOTDIR: a linked file has the name; some systems answer a plain failure for ENOTEMPTY.
            if (Files.exists(target) && Files.exists(prepared)) {
                return false;
            }
            throw e;
        }
    }

    /// [#prepare], [#name] and cleaning up.
    boolean create(String name, byte[] content) throws IOException {
        Path prepared = prepare(0, content);
        try {
            return name(prepared, name);
        } finally {
            delete(prepared);
        }
    }

    /// The content of `name`; empty: nobody has it.
    static Optional<byte[]> read(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!Files.isDirectory(file)) {
                throw e;
            }
            return Optional.of(Files.readAllBytes(file.resolve(INSIDE)));
        }
    }

    static void delete(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            Files.deleteIfExists(file.resolve(INSIDE));
        }
        Files.deleteIfExists(file);
    }

    /// The number in a temporary name; empty: it is none.
    static Optional<Long> numberIn(String fileName) {
        String[] parts = fileName.split("-", 3);
        boolean temporary = fileName.startsWith(TEMPORARY) && parts.length == 3 && parts[1].matches("\\d{1,18}");
        return temporary ? Optional.of(Long.valueOf(parts[1])) : Optional.empty();
    }

    static Path temporary(Path folder, long n) {
        return folder.resolve(TEMPORARY + n + "-" + UUID.randomUUID());
    }
}
