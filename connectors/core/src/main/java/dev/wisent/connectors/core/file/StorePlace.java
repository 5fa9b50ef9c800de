package dev.wisent.connectors.core.file;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.storage.CreateProbe;
import dev.wisent.storage.Lazy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A bucket and a prefix. Parts are staged in `.wisent/parts/`; what a commit makes visible is copied there by the store
/// ([StoreView]).
final class StorePlace implements Place {
    private static final String PARTS = StoreBookkeeping.FOLDER + "parts/";
    /// The first path behind everything below `.wisent/`.
    private static final String BEHIND_BOOKKEEPING = ".wisent0";

    private final String where;
    private final Lazy<ObjectStore> store;
    private final Bookkeeping bookkeeping;
    private final Visible visible;

    /// @param opening asked once, at the first use
    StorePlace(String where, Supplier<ObjectStore> opening) {
        this.where = where;
        this.store = new Lazy<>(opening);
        this.bookkeeping = new StoreBookkeeping(store::value);
        this.visible = new StoreView(store::value);
    }

    private ObjectStore store() {
        return store.value();
    }

    static String staged(Part part) {
        return PARTS + part.name();
    }

    static String visible(Part part) {
        return part.folder().isEmpty() ? part.name() : part.folder() + "/" + part.name();
    }

    @Override
    public String where() {
        return where;
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
    public void open() {}

    /// The store must refuse a second object of a name, and copy within itself.
    @Override
    public void check() {
        CreateProbe.check(store());
        String probe = StoreBookkeeping.FOLDER + CreateProbe.NAME + UUID.randomUUID();
        String copy = probe + "-copy";
        try {
            store().put(probe, ByteBuffer.wrap(new byte[] {1}));
            store().copy(probe, copy);
            if (store().find(copy).isEmpty()) {
                throw WisentException.of(ErrorCode.STORAGE_UNSAFE, "the store copied an object, and it is not there")
                        .where(where);
            }
        } finally {
            store().delete(copy);
            store().delete(probe);
        }
    }

    @Override
    public Optional<String> foreignFile() {
        Optional<String> first = Optional.empty();
        for (Optional<ListRequest> request = Optional.of(ListRequest.of("").startingAfter(BEHIND_BOOKKEEPING));
                request.isPresent() && first.isEmpty(); ) {
            ListPage page = store().list(request.get());
            first = page.objects().stream()
                    .map(ObjectInfo::path)
                    .filter(path -> !path.contains("/")
                            && Stream.of(Format.values()).anyMatch(format -> path.endsWith(format.suffix())))
                    .map(path -> where + "/" + path)
                    .findFirst();
            request = page.next();
        }
        return first;
    }

    @Override
    public PartFile stage(String name) {
        return new StorePart(store(), PARTS + name);
    }

    @Override
    public boolean areStaged(List<Part> parts) throws IOException {
        return SideBySide.map(
                        parts,
                        part -> store().find(staged(part))
                                .filter(object -> object.size() == part.bytes())
                                .isPresent())
                .stream()
                .allMatch(found -> found);
    }

    @Override
    public InputStream read(Part part) {
        return store().get(GetRequest.of(visible(part))).stream();
    }

    /// A staged object of a part that is shown came late, by a put that had been tried again. Visible ones too, once a
    /// generation was replaced: a copy that was on its way when its part was superseded may have
    /// ended after the part was removed.
    @Override
    public void sweep(long claim, Predicate<String> left, State state) {
        store().pendingUploads(PARTS).stream()
                .filter(upload -> left.test(upload.path().substring(PARTS.length())))
                .forEach(store()::abort);
        Set<String> shown = new HashSet<>();
        state.contents().live().forEach(part -> shown.add(part.name()));
        below(PARTS, name -> left.test(name) || shown.contains(name), store()::delete);
        if (state.contents().hasReplaced()) {
            Set<String> folders = new LinkedHashSet<>();
            folders.add("");
            state.contents().live().forEach(part -> folders.add(part.folder()));
            for (String folder : folders) {
                below(folder.isEmpty() ? "" : folder + "/", left, store()::delete);
            }
        }
    }

    /// The objects right below `folder` whose names are `wanted`, a page at a time.
    private void below(String folder, Predicate<String> wanted, Consumer<String> action) {
        String after = folder.isEmpty() ? BEHIND_BOOKKEEPING : "";
        for (Optional<ListRequest> request = Optional.of(ListRequest.of(folder).startingAfter(after));
                request.isPresent(); ) {
            ListPage page = store().list(request.get());
            List<String> found = new ArrayList<>();
            for (ObjectInfo object : page.objects()) {
                String name = object.path().substring(folder.length());
                if (!name.contains("/") && wanted.test(name)) {
                    found.add(object.path());
                }
            }
            found.forEach(action);
            request = page.next();
        }
    }

    @Override
    public void close() {
        store.ifMade(ObjectStore::close);
    }

    /// What a failure of the store after the decision means: nobody knows, as on a broken disk.
    static IOException unanswered(StorageFailure failure) {
        return new IOException(failure.what(), failure);
    }
}
