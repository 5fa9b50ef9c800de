package dev.wisent.storage;

import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.PendingUpload;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One page of the files below a folder, in the order of their paths. Links are followed; what vanishes meanwhile is not
/// there.
final class LocalListing {
    private final Path root;
    private final ListRequest request;
    private final String after;
    private final int limit;
    private final List<ObjectInfo> found = new ArrayList<>();
    private final List<PendingUpload> temporaries = new ArrayList<>();
    /// The real paths of the folders being read: a link to one of them leads in a circle.
    private final List<Path> open = new ArrayList<>();

    /// @param limit the most files
    LocalListing(Path root, ListRequest request, int limit) {
        this.root = root;
        this.request = request;
        this.limit = limit;
        after = request.token().orElse(request.after());
    }

    /// A child of a folder; `key` ends in a slash if it is a folder itself.
    private record Child(String key, Path file, BasicFileAttributes attributes) {}

    ListPage page() throws IOException {
        String prefix = request.prefix();
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        boolean complete = walk(root.resolve(folder), folder);
        return new ListPage(
                found,
                complete
                        ? Optional.empty()
                        : Optional.of(request.from(found.getLast().path())));
    }

    static List<PendingUpload> temporaries(Path root, String prefix) throws IOException {
        LocalListing listing = new LocalListing(root, ListRequest.of(prefix), Integer.MAX_VALUE);
        listing.page();
        return listing.temporaries;
    }

    /// False: there is more than the limit.
    private boolean walk(Path folder, String base) throws IOException {
        for (Child child : children(folder, base)) {
            boolean more = child.attributes.isDirectory() ? enter(child) : add(child);
            if (!more) {
                return false;
            }
        }
        return true;
    }

    private boolean enter(Child child) throws IOException {
        boolean wanted =
                child.key.startsWith(request.prefix()) || request.prefix().startsWith(child.key);
        boolean behind = PathOrder.BYTES.compare(child.key, after) < 0 && !after.startsWith(child.key);
        if (!wanted || behind) {
            return true;
        }
        Path real = child.file.toRealPath();
        if (open.contains(real)) {
            return true;
        }
        open.add(real);
        boolean more = walk(child.file, child.key);
        open.removeLast();
        return more;
    }

    private boolean add(Child child) {
        String name = child.key.substring(child.key.lastIndexOf('/') + 1);
        if (LocalNames.isTemporary(name)) {
            pending(child, name);
            return true;
        }
        if (!child.key.startsWith(request.prefix()) || PathOrder.BYTES.compare(child.key, after) <= 0) {
            return true;
        }
        if (found.size() == limit) {
            return false;
        }
        found.add(LocalStore.info(child.key, child.attributes));
        return true;
    }

    private void pending(Child child, String name) {
        String path = child.key.substring(0, child.key.length() - name.length()) + LocalNames.meant(name);
        if (path.startsWith(request.prefix())) {
            temporaries.add(new PendingUpload(
                    path, name, child.attributes.lastModifiedTime().toInstant()));
        }
    }

    private static List<Child> children(Path folder, String base) throws IOException {
        List<Child> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path file : entries) {
                attributes(file).ifPresent(attributes -> {
                    String slash = attributes.isDirectory() ? "/" : "";
                    children.add(new Child(base + file.getFileName() + slash, file, attributes));
                });
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        children.sort(Comparator.comparing(Child::key, PathOrder.BYTES));
        return children;
    }

    /// Of a file or folder; nothing else is an object.
    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class))
                    .filter(found -> found.isDirectory() || found.isRegularFile());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (Files.isSymbolicLink(file) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty(); // leads nowhere, or in a circle
            }
            throw e;
        }
    }
}
