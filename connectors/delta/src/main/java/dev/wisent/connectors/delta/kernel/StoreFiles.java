package dev.wisent.connectors.delta.kernel;

import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PutOutcome;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An object store as Kernel's file system. The table's folder is called [#ROOT] there, wherever it is. Kernel reads
/// everything through it; checkpoints are all that it writes.
final class StoreFiles implements FileIO {
    static final String ROOT = "/table";

    private final ObjectStore store;

    StoreFiles(ObjectStore store) {
        this.store = store;
    }

    /// A path of Kernel's as one of the store's. Kernel puts a scheme in front now and then.
    static String relative(String path) {
        int at = path.indexOf(ROOT + "/");
        if (at < 0) {
            throw new IllegalArgumentException("not a path of the table: " + path);
        }
        return path.substring(at + ROOT.length() + 1);
    }

    private static FileStatus status(ObjectInfo object) {
        return FileStatus.of(
                ROOT + "/" + object.path(), object.size(), object.modified().toEpochMilli());
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String path) throws IOException {
        String from = relative(path);
        String folder = from.substring(0, from.lastIndexOf('/') + 1);
        List<FileStatus> found = new ArrayList<>();
        boolean[] any = {false};
        for (Optional<ListRequest> request =
                        Optional.of(ListRequest.of(folder).startingAfter(from.substring(0, from.length() - 1)));
                request.isPresent(); ) {
            ListPage page = store.list(request.get());
            for (ObjectInfo object : page.objects()) {
                any[0] = true;
                if (object.path().compareTo(from) >= 0 && object.path().indexOf('/', folder.length()) < 0) {
                    found.add(status(object));
                }
            }
            request = page.next();
        }
        if (!any[0] && store.list(ListRequest.of(folder).limitedTo(1)).objects().isEmpty()) {
            throw new FileNotFoundException(folder);
        }
        return io.delta.kernel.internal.util.Utils.toCloseableIterator(found.iterator());
    }

    @Override
    public FileStatus getFileStatus(String path) throws IOException {
        return status(store.find(relative(path)).orElseThrow(() -> new FileNotFoundException(path)));
    }

    @Override
    public String resolvePath(String path) {
        return path;
    }

    @Override
    public boolean mkdirs(String path) {
        return true;
    }

    @Override
    public InputFile newInputFile(String path, long size) {
        return new StoreInput(store, relative(path), path, size);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new StoreOutput(store, relative(path), path);
    }

    @Override
    public boolean delete(String path) {
        store.delete(relative(path));
        return true;
    }

    @Override
    public Optional<String> getConf(String key) {
        return Optional.empty();
    }

    @Override
    public void copyFileAtomically(String from, String to, boolean overwrite) throws IOException {
        byte[] content = new StoreInput(store, relative(from), from, 0).all();
        if (overwrite) {
            store.put(relative(to), ByteBuffer.wrap(content));
        } else if (!(store.createIfAbsent(relative(to), ByteBuffer.wrap(content)) instanceof PutOutcome.Stored)) {
            throw new java.nio.file.FileAlreadyExistsException(to);
        }
    }
}
