package dev.wisent.connectors.core.files;

import dev.wisent.api.Reject;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.storage.ByteRange;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.ObjectStores;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.storage.Lazy;
import dev.wisent.storage.PathPattern;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Objects of a store. Each is read in the state it was listed in (If-Match), going on where a connection broke.
final class StoreOrigin implements FileOrigin {
    private final Lazy<Opened> opened;

    /// @param path a URL that may end in a pattern
    StoreOrigin(ObjectStores stores, String path, Map<String, String> options) {
        this.opened = new Lazy<>(() -> open(stores, path, options));
    }

    private record Opened(ObjectStore store, PathPattern pattern) {}

    /// A URL without wildcards names an object, or else everything below it.
    private static Opened open(ObjectStores stores, String path, Map<String, String> options) {
        ObjectStores.Places places = stores.split(path);
        if (!places.rest().isEmpty()) {
            return new Opened(stores.open(places.root(), options), PathPattern.parse(places.rest()));
        }
        Opened everything = new Opened(stores.open(path, options), PathPattern.parse("**"));
        int slash = path.lastIndexOf('/');
        if (path.endsWith("/") || !StorePath.hasPrefix(path)) {
            return everything;
        }
        String name = path.substring(slash + 1);
        ObjectStore above = stores.open(path.substring(0, slash), options);
        try {
            if (above.find(name).isPresent()) {
                everything.store.close();
                return new Opened(above, PathPattern.parse(name));
            }
        } catch (RuntimeException e) {
            above.close();
            everything.store.close();
            throw e;
        }
        above.close();
        return everything;
    }

    @Override
    public void check() {
        Opened place = opened.value();
        place.store.list(ListRequest.of(place.pattern.prefix()).limitedTo(1));
    }

    /// Asks for no more than what begins like the pattern, page by page.
    @Override
    public void list(List<String> folders, Consumer<InputFile> each) {
        Opened place = opened.value();
        for (String folder : folders) {
            String below = folder.isEmpty() ? "" : folder + "/";
            String constant = place.pattern.prefix();
            if (below.startsWith(constant) || constant.startsWith(below)) {
                list(place, below.length() > constant.length() ? below : constant, each);
            }
        }
    }

    private static void list(Opened place, String prefix, Consumer<InputFile> each) {
        Optional<ListRequest> request = Optional.of(ListRequest.of(prefix));
        while (request.isPresent()) {
            ListPage page = place.store.list(request.get());
            for (ObjectInfo object : page.objects()) {
                if (place.pattern.matches(object.path())) {
                    each.accept(file(place.store, object));
                }
            }
            request = page.next();
        }
    }

    private static InputFile file(ObjectStore store, ObjectInfo object) {
        long mtime = TimeUnit.SECONDS.toNanos(object.modified().getEpochSecond())
                + object.modified().getNano();
        return new InputFile(object.path(), store.url() + "/" + object.path(), object.size(), mtime, object.version());
    }

    @Override
    public OpenFile open(InputFile file, long from) {
        return new Reading(opened.value().store, file, from);
    }

    @Override
    public void close() {
        opened.ifMade(place -> place.store.close());
    }

    private static final class Reading implements OpenFile {
        private final ObjectStore store;
        private final InputFile file;
        private long at;
        private Optional<ObjectContent> content = Optional.empty();

        Reading(ObjectStore store, InputFile file, long from) {
            this.store = store;
            this.file = file;
            this.at = from;
        }

        @Override
        public int fill(byte[] block, int from) {
            int filled = from;
            try {
                while (filled < block.length && at < file.size()) {
                    int got = content().stream().read(block, filled, block.length - filled);
                    if (got < 0) {
                        throw unusable("the object has fewer bytes than were listed", new IOException("at " + at));
                    }
                    filled += got;
                    at += got;
                }
            } catch (StorageFailure e) {
                close();
                if (filled == from) {
                    throw failure(e);
                }
            } catch (IOException e) {
                throw unusable("the object can't be read: " + e.getMessage(), e);
            }
            return filled;
        }

        private ObjectContent content() {
            if (content.isEmpty()) {
                GetRequest request = GetRequest.of(file.name()).only(ByteRange.from(at));
                content =
                        Optional.of(store.get(file.version().isEmpty() ? request : request.ifVersion(file.version())));
            }
            return content.get();
        }

        /// What is about this one object leaves it out. A store that does not answer, or lets nobody in any more, is no
        /// fault of the file: the run ends, or tries again, and the next one goes on here.
        private RuntimeException failure(StorageFailure e) {
            return switch (e.kind()) {
                case UNAVAILABLE, DENIED -> e;
                case NOT_FOUND -> unusable("the object is gone", e);
                case CHANGED -> unusable("the object has changed since it was listed", e);
                case REFUSED -> unusable("the object can't be read: " + e.what(), e);
            };
        }

        private SplitFailure unusable(String why, Exception cause) {
            return new SplitFailure(Reject.Stage.DOWNLOAD, why, file.where(), cause);
        }

        /// The store has checked the version with the first byte, and reading never leaves it.
        @Override
        public void end() {}

        @Override
        public void close() {
            content.ifPresent(ObjectContent::close);
            content = Optional.empty();
        }
    }
}
