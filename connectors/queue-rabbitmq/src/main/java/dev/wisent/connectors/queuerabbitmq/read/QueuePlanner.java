package dev.wisent.connectors.queuerabbitmq.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Names a window of each queue: the one that has not ended, or the next one.
final class QueuePlanner implements Planner {
    private final ReadOptions options;
    private final ReadRequest request;
    private final Notes notes;
    private boolean named;

    QueuePlanner(ReadOptions options, ReadRequest request, Notes notes) {
        this.options = options;
        this.request = request;
        this.notes = notes;
    }

    private record Known(SplitId id, SplitView view) {}

    @Override
    public StreamState opening() {
        return StreamState.EMPTY;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public PlanPage next(Duration wait) {
        boolean stream = request.mode() == SyncMode.STREAM;
        if (named) {
            return stream ? new PlanPage.NothingNew() : new PlanPage.Complete();
        }
        named = true;
        QueueWindow.Until until = stream ? QueueWindow.Until.STOPPED : QueueWindow.Until.EMPTY;
        List<Split> splits = new ArrayList<>();
        List<SplitId> outdated = new ArrayList<>();
        for (ReadOptions.Choice choice : options.queues()) {
            String queue = choice.queue();
            TreeMap<Long, Known> windows = windows(queue);
            splits.add(next(queue, windows, until).split());
            if (!windows.isEmpty()) {
                // The ids of the last one go on until its successor has some.
                windows.headMap(windows.lastKey()).values().forEach(each -> outdated.add(each.id()));
            }
        }
        return new PlanPage.Splits(splits, outdated);
    }

    private static QueueWindow next(String queue, TreeMap<Long, Known> windows, QueueWindow.Until until) {
        Map.Entry<Long, Known> last = windows.lastEntry();
        if (last == null) {
            return new QueueWindow(queue, 1, until, "");
        }
        SplitView view = last.getValue().view();
        if (view.finished()) {
            return new QueueWindow(
                    queue, last.getKey() + 1, until, view.position().token());
        }
        Map.Entry<Long, Known> before = windows.lowerEntry(last.getKey());
        return new QueueWindow(
                queue,
                last.getKey(),
                until,
                before == null ? "" : before.getValue().view().position().token());
    }

    private TreeMap<Long, Known> windows(String queue) {
        TreeMap<Long, Known> windows = new TreeMap<>();
        request.progress()
                .splits()
                .forEach((id, view) -> QueueWindow.Name.of(id)
                        .filter(name -> name.queue().equals(queue))
                        .ifPresent(name -> windows.put(name.number(), new Known(id, view))));
        return windows;
    }

    @Override
    public List<String> warnings() {
        return notes.warnings();
    }

    @Override
    public void close() {}
}
