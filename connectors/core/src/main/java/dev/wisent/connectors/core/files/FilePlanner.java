package dev.wisent.connectors.core.files;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeLattice;
import dev.wisent.connectors.core.internal.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;

/// Lists the files and names those that were not read yet; in stream mode again and again.
final class FilePlanner implements Planner {
    private static final int PAGE = 1_000;

    private final FilesOptions options;
    private final FileOrigin origin;
    private final ReadRequest request;
    private final Horizon horizon;
    private final Pause pause = new Pause();
    private final List<String> warnings = new ArrayList<>();
    /// Every state of every file that is planned.
    private final Set<SplitId> known = new HashSet<>();
    private final Set<Long> knownNames = new HashSet<>();
    /// The id of each state of an object that is planned. One that is written again as it was has its old one.
    private final Map<Long, SplitId> ids = new HashMap<>();
    private final Set<SplitId> late = new HashSet<>();
    private final Deque<Split> found = new ArrayDeque<>();
    private List<SplitId> forget = List.of();
    /// Of the first listing, if the schema must be learned from them.
    private Optional<List<InputFile>> sample = Optional.empty();
    private Optional<Schema> schema = Optional.empty();
    private long nextListing;

    FilePlanner(FilesOptions options, FileOrigin origin, ReadRequest request) {
        this.options = options;
        this.origin = origin;
        this.request = request;
        this.horizon = new Horizon(request.progress(), options.lateHorizon());
    }

    @Override
    public StreamState opening() {
        return StreamState.EMPTY;
    }

    /// What was declared, or else stored, wins; a stored one that grew out of the declared one is kept as it grew.
    @Override
    public Optional<Schema> schema() {
        if (schema.isEmpty()) {
            Optional<Schema> grown = request.schema()
                    .filter(stored ->
                            options.schema().stream().allMatch(declared -> TypeLattice.widens(declared, stored)));
            schema = grown.or(options::schema)
                    .or(() -> Optional.of(SchemaSample.infer(options, origin, sample())))
                    .map(known -> PathColumns.added(known, options.partitionColumns()));
        }
        return schema;
    }

    private SplitId id(InputFile file) {
        if (file.version().isEmpty()) {
            return file.id();
        }
        SplitId planned = ids.get(file.state());
        return planned != null
                ? planned
                : committed(file).stream()
                        .filter(id -> InputFile.state(id) == file.state())
                        .findFirst()
                        .orElseGet(file::id);
    }

    /// The splits of this name that the progress knows.
    private List<SplitId> committed(InputFile file) {
        return request.progress().startingWith(file.namePrefix()).stream()
                .filter(InputFile::isFile)
                .toList();
    }

    private List<InputFile> sample() {
        if (sample.isEmpty()) {
            sample = Optional.of(firstListing());
        }
        return sample.get();
    }

    private List<InputFile> firstListing() {
        boolean needsSample = request.schema().isEmpty() && options.schema().isEmpty();
        boolean forgets =
                request.mode() != SyncMode.FULL_REFRESH && options.lateHorizon().isPresent();
        FileSample some = new FileSample();
        LongStream.Builder listed = LongStream.builder();
        AtomicBoolean any = new AtomicBoolean();
        List<InputFile> unread = plan((file, id) -> {
            any.setPlain(true);
            if (needsSample) {
                some.add(file);
            }
            if (forgets) {
                listed.add(InputFile.digest(id));
            }
        });
        // A generation in the making has no past: nothing in it is late or forgotten.
        if (forgets) {
            long[] digests = listed.build().sorted().toArray();
            // Of two ids with one digest the second is kept, which harms nobody.
            forget = horizon.forgotten(id -> Arrays.binarySearch(digests, InputFile.digest(id)) >= 0);
            horizon.next(unread).ifPresent(found::add);
        }
        if (!any.getPlain()) {
            warnings.add("no file matches '" + options.path().text() + "'");
        }
        return some.files();
    }

    @Override
    public PlanPage next(Duration wait) {
        if (sample.isEmpty()) {
            sample();
        } else if (found.isEmpty() && request.mode() == SyncMode.STREAM) {
            long left = nextListing - System.nanoTime();
            pause.take(Pause.shorter(wait, Duration.ofNanos(Math.max(0, left))));
            if (nextListing - System.nanoTime() <= 0) {
                plan((file, id) -> {});
            }
        }
        if (found.isEmpty() && forget.isEmpty()) {
            return request.mode() == SyncMode.STREAM ? new PlanPage.NothingNew() : new PlanPage.Complete();
        }
        List<Split> page = new ArrayList<>();
        while (page.size() < PAGE && !found.isEmpty()) {
            page.add(found.poll());
        }
        List<SplitId> forgotten = forget;
        forget = List.of();
        return new PlanPage.Splits(page, forgotten);
    }

    /// Lists, and plans what is unread, by name; of the others nothing is kept.
    private List<InputFile> plan(BiConsumer<InputFile, SplitId> each) {
        nextListing = System.nanoTime() + options.pollInterval().toNanos();
        List<InputFile> unread = new ArrayList<>();
        origin.list(options.folders(Instant.now()), file -> {
            SplitId id = id(file);
            each.accept(file, id);
            if (isToRead(file, id)) {
                unread.add(file);
            }
        });
        unread.sort(Comparator.comparing(InputFile::name));
        for (InputFile file : unread) {
            SplitId id = id(file);
            known.add(id);
            knownNames.add(file.nameHash());
            if (!file.version().isEmpty()) {
                ids.put(file.state(), id);
            }
            found.add(file.split(id));
        }
        return unread;
    }

    private boolean isToRead(InputFile file, SplitId id) {
        if (known.contains(id) || late.contains(id)) {
            return false;
        }
        if (request.mode() == SyncMode.FULL_REFRESH) {
            return true;
        }
        if (request.progress().splits().containsKey(id)) {
            return !request.progress().isFinished(id);
        }
        if (knownNames.contains(file.nameHash()) || !committed(file).isEmpty()) {
            return isToReadAgain(file);
        }
        if (horizon.isLate(file)) {
            late.add(id);
            warnings.add("file '" + file.name() + "' came later than late_horizon allows and was not read");
            return false;
        }
        return true;
    }

    private boolean isToReadAgain(InputFile file) {
        return switch (options.onRewrite()) {
            case APPEND -> true;
            case IGNORE -> false;
            case ERROR ->
                throw WisentException.of(
                                ErrorCode.REWRITTEN_FILE,
                                "file '" + file.name() + "' was read before and has changed since")
                        .where(file.where())
                        .hint("on_rewrite: append reads it once more, on_rewrite: ignore leaves it out;"
                                + " a full refresh reads everything anew");
        };
    }

    @Override
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void close() {
        pause.end();
    }
}
