package dev.wisent.connectors.delta.lake;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.lake.VacuumRequest;
import dev.wisent.api.lake.Vacuumed;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.LogNames;
import dev.wisent.connectors.delta.table.LogReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Removes data files that neither the table nor a version within the retention has. What was written more recently stays, for
/// another writer may be about to name it. (The protocol knows no vacuum; this is what Delta's own does, by its documentation.)
///
/// Files and folders whose names begin with `_` or `.` are nobody's data.
public final class Vacuum {
    private final ObjectStore store;
    private final Predicate<String> protectedFile;
    private final Clock clock;

    /// @param protectedFile what is kept though the log does not know it: rows of generations that are not published yet
    public Vacuum(ObjectStore store, Predicate<String> protectedFile, Clock clock) {
        this.store = store;
        this.protectedFile = protectedFile;
        this.clock = clock;
    }

    public Vacuumed run(KernelTable.Version table, VacuumRequest request) {
        Duration retention = retention(table.metaData(), request);
        Instant before = clock.instant().minus(retention);
        Set<String> needed = new HashSet<>();
        table.files().forEach(file -> LogNames.dataFile(file.path()).ifPresent(needed::add));
        removedSince(table.number(), before)
                .forEach(path -> LogNames.dataFile(path).ifPresent(needed::add));
        List<String> goes = new ArrayList<>();
        long bytes = 0;
        long kept = 0;
        for (Optional<ListRequest> next = Optional.of(ListRequest.of("")); next.isPresent(); ) {
            ListPage page = store.list(next.get());
            for (ObjectInfo object : page.objects()) {
                if (isHidden(object.path())) {
                    continue;
                }
                if (needed.contains(object.path())
                        || !object.modified().isBefore(before)
                        || protectedFile.test(object.path())) {
                    kept++;
                } else {
                    goes.add(object.path());
                    bytes += object.size();
                }
            }
            next = page.next();
        }
        if (request.effect() == VacuumRequest.Effect.REMOVED) {
            goes.forEach(store::delete);
        }
        return new Vacuumed(goes, bytes, kept, retention);
    }

    private static Duration retention(Action.MetaData table, VacuumRequest request) {
        if (request.retention().isEmpty()) {
            return Retention.of(table);
        }
        Duration asked = request.retention().get();
        if (request.caution() == VacuumRequest.Caution.REFUSE) {
            Duration least = Retention.of(table);
            if (asked.compareTo(least) < 0) {
                throw WisentException.of(
                                ErrorCode.NOT_SUPPORTED,
                                "the table keeps the files of older versions for " + least.toHours()
                                        + " hours, not for " + asked.toHours())
                        .tried("comparing --retain-hours with what the table promises")
                        .hint(
                                "readers of older versions would fail, and so would other writers' commits that take longer; if there are none: --force")
                        .next("wisent lake vacuum FILE --dry-run");
            }
        }
        return asked;
    }

    /// What entries younger than `before` removed. Entries must go back that far.
    private Set<String> removedSince(long newest, Instant before) {
        LogReader log = new LogReader(store);
        Set<String> removed = new HashSet<>();
        List<LogReader.Found> found = log.after(-1);
        long wanted = newest;
        for (LogReader.Found entry : found.reversed()) {
            if (entry.version() > wanted) {
                continue;
            }
            if (entry.version() != wanted) {
                break;
            }
            wanted--;
            if (entry.object().modified().isBefore(before)) {
                return removed;
            }
            log.entry(entry.version())
                    .ifPresent(content -> content.of(Action.Remove.class)
                            .filter(file ->
                                    !Instant.ofEpochMilli(file.deleted()).isBefore(before))
                            .forEach(file -> removed.add(file.path())));
        }
        if (wanted >= 0) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "the table's log begins with version " + (wanted + 1)
                                    + ", later than the retention: nobody knows which files older versions still need")
                    .where(store.url())
                    .hint("give a shorter retention, or keep the log for longer (delta.logRetentionDuration)");
        }
        return removed;
    }

    private static boolean isHidden(String path) {
        int from = 0;
        while (from >= 0) {
            boolean partition = path.indexOf('=', from) > 0 && path.indexOf('/', from) > path.indexOf('=', from);
            if ((path.charAt(from) == '_' || path.charAt(from) == '.') && !partition) {
                return true;
            }
            int slash = path.indexOf('/', from);
            from = slash < 0 || slash + 1 == path.length() ? -1 : slash + 1;
        }
        return false;
    }
}
