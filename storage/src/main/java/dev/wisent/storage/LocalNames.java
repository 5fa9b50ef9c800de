package dev.wisent.storage;

import dev.wisent.api.storage.StorageFailure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Which file an object is. Only paths that lead down from the root are taken.
record LocalNames(Path root) {
    private static final String TEMPORARY = ".wisent-tmp-";
    private static final int UUID_LENGTH = 36;

    Path file(String path) {
        boolean leadsDown = !path.isEmpty()
                && Arrays.stream(path.split("/", -1)).noneMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (leadsDown && !name.startsWith(TEMPORARY)) {
            try {
                return root.resolve(path);
            } catch (InvalidPathException e) {
                throw unfit(path).causedBy(e);
            }
        }
        throw unfit(path);
    }

    private StorageFailure unfit(String path) {
        return StorageFailure.of(
                StorageFailure.Kind.REFUSED, "'" + path + "' can't be the path of a file here", root.toString());
    }

    /// A name beside `file` that nobody has.
    Path temporary(Path file) {
        return file.resolveSibling(TEMPORARY + UUID.randomUUID() + "-" + file.getFileName());
    }

    static boolean isTemporary(String fileName) {
        return fileName.startsWith(TEMPORARY) && fileName.length() > TEMPORARY.length() + UUID_LENGTH + 1;
    }

    /// What the file of a temporary name would be called.
    static String meant(String temporaryName) {
        return temporaryName.substring(TEMPORARY.length() + UUID_LENGTH + 1);
    }

    static Path folder(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /// A file is written under a new name and then renamed, so another state has another inode, or another time.
    static String version(BasicFileAttributes attributes) {
        return attributes.size() + "-" + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + "-"
                + attributes.fileKey();
    }
}
