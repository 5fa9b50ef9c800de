package dev.wisent.connectors.core.file;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.core.internal.Disk;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Files of a folder, which is made when something is written.
final class LocalBookkeeping implements Bookkeeping {
    private static final int BUFFER = 1 << 16;

    private final Layout.Local layout;
    private final Path folder;
    private Optional<CreateIfAbsent> create = Optional.empty();

    LocalBookkeeping(Layout.Local layout) {
        this.layout = layout;
        this.folder = layout.bookkeeping();
    }

    CreateIfAbsent creator() throws IOException {
        if (create.isEmpty()) {
            Disk.createFolder(layout.parts());
            create = Optional.of(CreateIfAbsent.in(folder));
        }
        return create.get();
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        try {
            return CreateIfAbsent.read(folder, name);
        } catch (NotDirectoryException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    @Override
    public List<String> names(String prefix) throws IOException {
        return names(folder, prefix);
    }

    static List<String> names(Path folder, String prefix) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, prefix + "*")) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return names;
        }
        return names;
    }

    @Override
    public Prepared prepare(long n, byte[] content) throws IOException {
        CreateIfAbsent creator = creator();
        Path prepared = creator.prepare(n, content);
        return new Prepared() {
            @Override
            public boolean name(String name) throws IOException {
                return creator.name(prepared, name);
            }

            @Override
            public void done() throws IOException {
                CreateIfAbsent.delete(prepared);
            }
        };
    }

    @Override
    public void write(String name, long n, Content content) throws IOException {
        Path prepared = CreateIfAbsent.temporary(folder, n);
        try {
            write(prepared, content);
            Boundary.reached(Boundary.BASE_WRITTEN);
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                Disk.rename(prepared, file);
            }
            Disk.syncFolder(folder);
        } finally {
            Files.deleteIfExists(prepared);
        }
    }

    private static void write(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            content.write(out);
            out.flush();
            channel.force(true);
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }

    @Override
    public void delete(String name) throws IOException {
        CreateIfAbsent.delete(folder.resolve(name));
    }

    @Override
    public void sync() throws IOException {
        Disk.syncFolder(folder);
    }

    @Override
    public String where(String name) {
        return folder.resolve(name).toString();
    }
}
