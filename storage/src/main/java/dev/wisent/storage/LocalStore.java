package dev.wisent.storage;

import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PendingUpload;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Files below a folder. What is written stands under a temporary name beside its own until it is complete and on disk
/// (R12); then a rename puts it in place, or a hard link, which fails if the name is taken, creates it. The folder is
/// made when something is written.
public final class LocalStore implements ObjectStore {
    /// Enough for one page to be all there is, nearly always: each page reads the folders again.
    private static final int PAGE = 100_000;

    private final Path root;
    private final LocalNames names;

    /// @param root an absolute path
    public LocalStore(Path root) {
        this.root = root;
        names = new LocalNames(root);
    }

    @Override
    public String url() {
        return root.toString();
    }

    @Override
    public ListPage list(ListRequest request) {
        LocalListing listing = new LocalListing(root, request, Math.min(request.limit(), PAGE));
        try {
            return listing.page();
        } catch (IOException e) {
            throw LocalFailure.of("the files can't be listed", root, e);
        }
    }

    @Override
    public Optional<ObjectInfo> find(String path) {
        Path file = names.file(path);
        try {
            return attributes(file).map(found -> info(path, found));
        } catch (IOException e) {
            throw LocalFailure.of("the file can't be looked at", file, e);
        }
    }

    @Override
    public ObjectContent get(GetRequest request) {
        Path file = names.file(request.path());
        try {
            return open(request, file);
        } catch (IOException e) {
            throw LocalFailure.of("the file can't be read", file, e);
        }
    }

    private static ObjectContent open(GetRequest request, Path file) throws IOException {
        BasicFileAttributes before = existing(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            ObjectInfo info = info(request.path(), existing(file));
            String opened = request.version()
                    .orElseGet(() -> info(request.path(), before).version());
            if (!info.version().equals(opened)) {
                throw StorageFailure.of(StorageFailure.Kind.CHANGED, "the file was replaced", file.toString());
            }
            channel.position(request.range().from());
            InputStream stream = Channels.newInputStream(channel);
            OptionalLong length = request.range().length();
            return new ObjectContent(info, length.isPresent() ? new LimitedStream(stream, length.getAsLong()) : stream);
        } catch (IOException | StorageFailure failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public ObjectInfo put(String path, ByteBuffer content) {
        Path file = names.file(path);
        Path temporary = names.temporary(file);
        try {
            write(temporary, content);
            return place(path, temporary, file);
        } catch (IOException e) {
            throw LocalFailure.of("the file can't be written", file, e);
        } finally {
            LocalFailure.cleanUp(temporary);
        }
    }

    @Override
    public PutOutcome createIfAbsent(String path, ByteBuffer content) {
        Path file = names.file(path);
        Path temporary = names.temporary(file);
        try {
            write(temporary, content);
            return link(path, temporary, file);
        } catch (IOException e) {
            throw LocalFailure.of("the file can't be created", file, e);
        } finally {
            LocalFailure.cleanUp(temporary);
        }
    }

    private static PutOutcome link(String path, Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            return new PutOutcome.Exists();
        } catch (UnsupportedOperationException e) {
            throw LocalFailure.noLinks(file, e);
        } catch (IOException e) {
            // A network file system may have linked it and lost the answer; the file itself tells.
            if (attributes(file).isEmpty()) {
                throw e;
            }
            if (!Files.isSameFile(file, temporary)) {
                return new PutOutcome.Exists();
            }
        }
        try {
            Disk.syncFolder(LocalNames.folder(file));
        } catch (IOException e) {
            return new PutOutcome.Unknown(LocalFailure.of("the file's name may not be on disk", file, e));
        }
        return new PutOutcome.Stored(info(path, existing(file)));
    }

    @Override
    public long partBytes(long wanted) {
        return Math.min(wanted, AlignedBuffers.BYTES);
    }

    @Override
    public Upload upload(String path, long partBytes) {
        Path file = names.file(path);
        Path temporary = names.temporary(file);
        try {
            Disk.createFolder(LocalNames.folder(file));
            FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new LocalUpload(path, partBytes, temporary, file, channel);
        } catch (IOException e) {
            throw LocalFailure.of("the file can't be written", file, e);
        }
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) {
        try {
            return LocalListing.temporaries(root, prefix);
        } catch (IOException e) {
            throw LocalFailure.of("the files can't be listed", root, e);
        }
    }

    @Override
    public void abort(PendingUpload upload) {
        Path file = names.file(upload.path());
        Path temporary = file.resolveSibling(upload.id());
        if (!LocalNames.isTemporary(upload.id())) {
            throw StorageFailure.of(StorageFailure.Kind.REFUSED, "this is no unfinished upload", temporary.toString());
        }
        remove(temporary);
    }

    @Override
    public void copy(String from, String to) {
        Path source = names.file(from);
        Path file = names.file(to);
        Path temporary = names.temporary(file);
        try {
            existing(source);
            Disk.createFolder(LocalNames.folder(temporary));
            Disk.copy(source, temporary);
            place(to, temporary, file);
        } catch (IOException e) {
            throw LocalFailure.of("the file can't be copied", source, e);
        } finally {
            LocalFailure.cleanUp(temporary);
        }
    }

    @Override
    public void delete(String path) {
        remove(names.file(path));
    }

    private static void remove(Path file) {
        try {
            if (!Files.isDirectory(file) && Files.deleteIfExists(file)) {
                Disk.syncFolder(LocalNames.folder(file));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return;
        } catch (IOException e) {
            throw LocalFailure.of("the file can't be deleted", file, e);
        }
    }

    @Override
    public void close() {
        // Files are opened and closed call by call.
    }

    private static void write(Path temporary, ByteBuffer content) throws IOException {
        Disk.createFolder(LocalNames.folder(temporary));
        Disk.write(temporary, content.duplicate());
    }

    /// Puts what was written and synced in place.
    static ObjectInfo place(String path, Path temporary, Path file) throws IOException {
        Disk.replace(temporary, file);
        Disk.syncFolder(LocalNames.folder(file));
        return info(path, existing(file));
    }

    private static BasicFileAttributes existing(Path file) throws IOException {
        return attributes(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    }

    /// Of a file, not of a folder.
    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class))
                    .filter(found -> !found.isDirectory());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (LocalFailure.isNotInAFolder(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static ObjectInfo info(String path, BasicFileAttributes attributes) {
        return new ObjectInfo(
                path,
                attributes.size(),
                LocalNames.version(attributes),
                attributes.lastModifiedTime().toInstant());
    }
}
