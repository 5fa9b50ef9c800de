package dev.wisent.connectors.core.generator;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.core.internal.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Cuts the orders into ranges of pages. A window's splits are named `<first id>-<last id>`, in incremental runs with a
/// counter behind, so that no
/// window ever has the name of an earlier one, and the highest name tells where the next window starts.
final class OrdersPlanner implements Planner {
    /// Enough for two workers on any machine with splits that can be stolen; a split with fewer pages is not worth its
    /// reader.
    private static final int MOST_SPLITS = 8;

    private static final int LEAST_PAGES = 50;
    /// In stream mode, where splits have no end.
    private static final int STREAM_SPLITS = 4;

    private final GeneratorOptions options;
    private final ReadRequest request;
    private final StreamState opening;
    private final Pause pause = new Pause();
    private boolean answered;

    OrdersPlanner(GeneratorOptions options, ReadRequest request) {
        this.options = options;
        this.request = request;
        this.opening = request.state().isEmpty() ? open() : request.state();
    }

    private StreamState open() {
        long highest = 0;
        long counter = 0;
        if (request.mode() == SyncMode.INCREMENTAL) {
            for (SplitId id : request.progress().splits().keySet()) {
                String[] parts = id.value().split("-", -1);
                if (!parts[0].equals("stream")) {
                    highest = Math.max(highest, Long.parseLong(parts[1]));
                    counter = Math.max(counter, parts.length > 2 ? Long.parseLong(parts[2]) : 0);
                }
            }
        }
        return new Window(highest, options.rows().orElse(0), counter + 1).state();
    }

    @Override
    public StreamState opening() {
        return opening;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(Orders.SCHEMA);
    }

    @Override
    public PlanPage next(Duration wait) {
        if (answered) {
            if (request.mode() != SyncMode.STREAM) {
                return new PlanPage.Complete();
            }
            pause.take(wait);
            return new PlanPage.NothingNew();
        }
        answered = true;
        return new PlanPage.Splits(request.mode() == SyncMode.STREAM ? endless() : window(), List.of());
    }

    private List<Split> endless() {
        long last = options.rows().orElse(Pages.ENDLESS);
        List<Split> splits = new ArrayList<>();
        for (int k = 0; k < STREAM_SPLITS; k++) {
            long first = 1 + (long) k * options.pageSize();
            Pages pages = new Pages(first, last, k + 1, STREAM_SPLITS, options.pageSize());
            String name = "stream-" + k + "-of-" + STREAM_SPLITS;
            splits.add(pages.split(new SplitId(name), name, options.recordBytes()));
        }
        return splits;
    }

    private List<Split> window() {
        Window window = Window.of(opening);
        long after = window.after();
        long to = window.to();
        String suffix = request.mode() == SyncMode.INCREMENTAL ? "-" + window.counter() : "";
        long pages = Math.ceilDiv(Math.max(0, to - after), options.pageSize());
        long count = Math.clamp(pages / LEAST_PAGES, 1, MOST_SPLITS);
        List<Split> splits = new ArrayList<>();
        for (long i = 0; i < count && pages > 0; i++) {
            long first = after + 1 + pages * i / count * options.pageSize();
            long last = Math.min(to, after + pages * (i + 1) / count * options.pageSize());
            Pages range = new Pages(first, last, (first - 1) / options.pageSize() + 1, 1, options.pageSize());
            String name = first + "-" + last;
            splits.add(range.split(new SplitId(name + suffix), "ids " + first + " to " + last, options.recordBytes()));
        }
        if (request.mode() == SyncMode.INCREMENTAL) {
            request.progress().splits().forEach((id, stands) -> {
                if (!stands.finished() && splits.stream().noneMatch(s -> s.id().equals(id))) {
                    unfinished(id).ifPresent(splits::add);
                }
            });
            splits.addAll(neverBegun(splits, suffix));
        }
        return splits;
    }

    /// What earlier windows had between splits that were begun: when a run ends, or begins anew, before each split has rows
    /// that are committed, nobody knows the others.
    ///
    /// @param planned what is read anyhow
    private List<Split> neverBegun(List<Split> planned, String suffix) {
        SortedMap<Long, Long> begun = new TreeMap<>();
        Stream.concat(planned.stream().map(Split::id), request.progress().splits().keySet().stream())
                .map(id -> id.value().split("-", -1))
                .filter(parts -> !parts[0].equals("stream"))
                .forEach(parts -> begun.merge(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Math::max));
        List<Split> gaps = new ArrayList<>();
        long next = 1;
        for (Map.Entry<Long, Long> each : begun.entrySet()) {
            if (each.getKey() > next) {
                unfinished(new SplitId(next + "-" + (each.getKey() - 1) + suffix))
                        .ifPresent(gaps::add);
            }
            next = Math.max(next, each.getValue() + 1);
        }
        return gaps;
    }

    /// What is left of an earlier window whose commits were shown one by one.
    private Optional<Split> unfinished(SplitId id) {
        String[] parts = id.value().split("-", -1);
        if (parts[0].equals("stream")) {
            return Optional.empty();
        }
        long first = Long.parseLong(parts[0]);
        long last = Long.parseLong(parts[1]);
        Pages range = new Pages(first, last, (first - 1) / options.pageSize() + 1, 1, options.pageSize());
        return Optional.of(range.split(id, "ids " + first + " to " + last, options.recordBytes()));
    }

    @Override
    public void close() {
        pause.end();
    }
}
