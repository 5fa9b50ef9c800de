package dev.wisent.connectors.delta.table;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.connectors.delta.log.LogEntry;
import dev.wisent.connectors.delta.log.LogNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads single entries of a table's log, as they lie in the store.
public final class LogReader {
    private final ObjectStore store;

    public LogReader(ObjectStore store) {
        this.store = store;
    }

    /// An entry that is there.
    public record Found(long version, ObjectInfo object) {}

    /// The entries after a version, in order. A clean-up may have removed older ones.
    public List<Found> after(long version) {
        List<Found> found = new ArrayList<>();
        for (ObjectInfo object : objectsAfter(version)) {
            LogNames.version(object.path()).ifPresent(number -> found.add(new Found(number, object)));
        }
        return found;
    }

    /// What lies behind a version's entry in the log's folder, checkpoints too.
    List<ObjectInfo> objectsAfter(long version) {
        List<ObjectInfo> objects = new ArrayList<>();
        ListRequest first = ListRequest.of(LogNames.LOG);
        for (Optional<ListRequest> request =
                        Optional.of(version < 0 ? first : first.startingAfter(LogNames.entry(version)));
                request.isPresent(); ) {
            ListPage page = store.list(request.get());
            objects.addAll(page.objects());
            request = page.next();
        }
        return objects;
    }

    /// Empty: there is no such entry, not yet or not any more.
    public Optional<LogEntry> entry(long version) {
        String path = LogNames.entry(version);
        return bytes(path).map(content -> parsed(path, content));
    }

    private Optional<byte[]> bytes(String path) {
        try (ObjectContent content = store.get(GetRequest.of(path))) {
            return Optional.of(content.stream().readAllBytes());
        } catch (StorageFailure e) {
            if (e.kind() == StorageFailure.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw StorageFailure.of(
                            StorageFailure.Kind.UNAVAILABLE, path + " could not be read to its end", store.url())
                    .causedBy(e);
        }
    }

    private LogEntry parsed(String path, byte[] content) {
        try {
            return LogEntry.parse(content);
        } catch (IllegalArgumentException e) {
            throw WisentException.of(ErrorCode.DESTINATION_CORRUPT, path + " can't be read: " + e.getMessage())
                    .where(store.url() + "/" + path)
                    .hint("restore it from a copy; without it nobody knows which rows are here")
                    .causedBy(e);
        }
    }
}
