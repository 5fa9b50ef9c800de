package dev.wisent.connectors.core.file;

import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.storage.ObjectOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Objects below `.wisent/`. A put of an object that is the same whoever writes it may arrive late or twice.
final class StoreBookkeeping implements Bookkeeping {
    static final String FOLDER = ".wisent/";
    private static final int BUFFER = 1 << 16;
    /// A base of a million splits is a hundred MB: what is on its way is a few parts.
    private static final ObjectOutput.Parts PARTS = new ObjectOutput.Parts(8 << 20, 5 << 20, 2);

    private final Supplier<ObjectStore> store;

    StoreBookkeeping(Supplier<ObjectStore> store) {
        this.store = store;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        try (ObjectContent content = store.get().get(GetRequest.of(FOLDER + name))) {
            return Optional.of(content.stream().readAllBytes());
        } catch (StorageFailure e) {
            if (e.kind() == StorageFailure.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Side by side, for each costs a round trip.
    @Override
    public List<Optional<byte[]>> readAll(List<String> names) throws IOException {
        return SideBySide.map(names, this::read);
    }

    @Override
    public boolean has(String name) {
        return store.get().find(FOLDER + name).isPresent();
    }

    @Override
    public List<String> names(String prefix) {
        List<String> names = new ArrayList<>();
        for (Optional<ListRequest> request = Optional.of(ListRequest.of(FOLDER + prefix)); request.isPresent(); ) {
            ListPage page = store.get().list(request.get());
            page.objects().stream()
                    .map(ObjectInfo::path)
                    .map(path -> path.substring(FOLDER.length()))
                    .forEach(names::add);
            request = page.next();
        }
        return names;
    }

    /// Nothing is written before it gets its name.
    @Override
    public Prepared prepare(long n, byte[] content) {
        return new Prepared() {
            @Override
            public boolean name(String name) throws IOException {
                return switch (store.get().createIfAbsent(FOLDER + name, ByteBuffer.wrap(content))) {
                    case PutOutcome.Stored stored -> true;
                    case PutOutcome.Exists exists -> false;
                    case PutOutcome.Unknown(StorageFailure cause) -> throw new IOException(cause.what(), cause);
                };
            }

            @Override
            public void done() {}
        };
    }

    @Override
    public void write(String name, long n, Content content) throws IOException {
        try (ObjectOutput object = new ObjectOutput(store.get(), FOLDER + name, PARTS)) {
            OutputStream out = new BufferedOutputStream(object, BUFFER);
            content.write(out);
            out.flush();
            Boundary.reached(Boundary.BASE_WRITTEN);
            object.finish();
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        try {
            return store.get().get(GetRequest.of(FOLDER + name)).stream();
        } catch (StorageFailure e) {
            if (e.kind() == StorageFailure.Kind.NOT_FOUND) {
                throw new NoSuchFileException(where(name));
            }
            throw e;
        }
    }

    @Override
    public void delete(String name) {
        store.get().delete(FOLDER + name);
    }

    /// What a store shows is durable.
    @Override
    public void sync() {}

    @Override
    public String where(String name) {
        return store.get().url() + "/" + FOLDER + name;
    }
}
