package dev.wisent.engine.internal.run;

import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.source.Split;
import dev.wisent.engine.internal.run.Fetcher.Delivery;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Mailbox;
import dev.wisent.engine.internal.task.Share;
import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Serves splits from start to end: takes what was fetched, has it decoded and written ([RowPath]), and makes cuts.
///
/// A cut is made for a lane when one is due and every split of it stands SAFE. While one is due, no split is opened
/// and
/// nothing is taken of splits
/// that stand SAFE, until the others do. A turn handles one fetched item, so cuts, stops and commits never wait long.
final class Worker extends Task {
    /// What coordinator and committers tell it.
    sealed interface Order {
        /// The lane's commit is due: cut as soon as possible and tell the committer either way.
        record CutNow(LaneId lane) implements Order {}

        /// Read on to the next safe stands, at most until `deadline`, cut and end.
        record Drain(long deadline) implements Order {}

        /// A commit is in: pass it on to the source (R2).
        record Committed(List<Advance> advances) implements Order {}

        /// Give everything up.
        record Halt() implements Order {}
    }

    private record Again(Split split, Position after, LaneWork lane) {}

    final int number;
    private final Workforce workforce;
    private final Host host;
    private final StreamJob job;
    private final Share share;
    private final Mailbox<Event> coordinator;
    private final RowPath path;
    private final Fetchers fetchers;
    private final Mailbox<Order> orders = new Mailbox<>(this);
    private final Mailbox<Delivery> deliveries = new Mailbox<>(this);
    private final TreeMap<LaneId, LaneWork> lanes = new TreeMap<>();
    private final Map<SplitId, OpenSplit> open = new HashMap<>();
    /// Splits that are being read, in the order they were opened: served in turn. Those that ended since the last cut
    /// are the lane's.
    private final List<OpenSplit> turns = new ArrayList<>();
    /// Splits to be read again from their last cut, because another input of that cut failed.
    private final ArrayDeque<Again> again = new ArrayDeque<>();
    private int nextTurn;
    private long epochs;
    private Optional<Long> drainUntil = Optional.empty();
    private boolean reportedDone;

    Worker(int number, Workforce workforce, Share share, Mailbox<Event> coordinator) {
        super("worker-" + number);
        this.number = number;
        this.workforce = workforce;
        this.host = workforce.host();
        this.job = workforce.job();
        this.share = share;
        this.coordinator = coordinator;
        this.path = new RowPath(workforce);
        this.fetchers = new Fetchers(workforce, this, share, coordinator);
    }

    void order(Order order) {
        orders.send(order);
    }

    /// From a fetcher.
    void deliver(Delivery delivery) {
        deliveries.send(delivery);
    }

    @Override
    public Turn turn() {
        try {
            return work();
        } catch (RuntimeException | Error e) {
            coordinator.send(new Event.Broken(e));
            return close();
        }
    }

    private Turn work() {
        for (Optional<Order> order = orders.take(); order.isPresent(); order = orders.take()) {
            switch (order.get()) {
                case Order.CutNow(LaneId lane) -> askCut(lane);
                case Order.Drain(long deadline) -> drainUntil = Optional.of(deadline);
                case Order.Committed(List<Advance> advances) -> acknowledge(advances);
                case Order.Halt halt -> {
                    return close();
                }
            }
        }
        takeDeliveries();
        boolean busy = drainUntil.isPresent() ? drain() : openSplits();
        busy |= serveOne() || makeRoom();
        busy |= cutWhatIsDue();
        if (isAtEnd()) {
            finish();
        }
        return busy || !deliveries.isEmpty() ? Turn.BUSY : new Turn.Idle(nextDeadline());
    }

    private void askCut(LaneId id) {
        LaneWork lane = lanes.get(id);
        if (lane == null || !hasWork(lane)) {
            workforce.committer(id).answered();
            return;
        }
        lane.asked = true;
        lane.wantCut(Cut.Urgency.WHEN_DUE);
    }

    private void takeDeliveries() {
        for (Optional<Delivery> next = deliveries.take(); next.isPresent(); next = deliveries.take()) {
            Delivery delivery = next.get();
            OpenSplit split = open.get(delivery.split());
            if (split == null || split.epoch != delivery.epoch()) {
                if (delivery instanceof Delivery.Item item) {
                    giveBack(item.bytes());
                }
                continue;
            }
            switch (delivery) {
                case Delivery.Item item -> split.fetched.add(item);
                case Delivery.Unusable unusable -> failInput(split, unusable.failure());
            }
        }
    }

    /// Opens splits while there is room. None while a cut is due: what is open must come to a safe stand first.
    private boolean openSplits() {
        boolean opened = false;
        int mostOpen = workforce.mostOpen(number);
        while (!again.isEmpty()
                && turns.size() < mostOpen
                && again.peek().lane().due.isEmpty()) {
            Again next = again.remove();
            open(next.split(), next.after(), next.lane());
            opened = true;
        }
        for (LaneId id : workforce.lanesOf(number)) {
            while (again.isEmpty() && turns.size() < mostOpen && !isCutDue(id)) {
                Optional<SplitQueue.Waiting> waiting = workforce.queue(id).take();
                if (waiting.isEmpty()) {
                    break;
                }
                LaneWork lane = lanes.computeIfAbsent(id, l -> workforce.openLane(l, number));
                open(waiting.get().split(), waiting.get().after(), lane);
                opened = true;
            }
        }
        return opened;
    }

    private boolean isCutDue(LaneId id) {
        LaneWork lane = lanes.get(id);
        return lane != null && lane.due.isPresent();
    }

    private void open(Split split, Position after, LaneWork lane) {
        OpenSplit opened = new OpenSplit(split, lane, fetchers.forSplit(), after, ++epochs);
        open.put(split.id(), opened);
        turns.add(opened);
        opened.fetcher.order(new Fetcher.Order.Add(split, after, opened.epoch));
    }

    /// Takes one item of one split: first of one that is in the middle of something, then in turn.
    private boolean serveOne() {
        Optional<OpenSplit> next = nextToServe();
        next.ifPresent(split -> {
            Delivery.Item item = split.fetched.remove();
            try {
                path.serve(split, item);
                if (split.ended) {
                    turns.remove(split);
                    split.lane.ended.add(split);
                    fetchers.release(split);
                }
            } catch (SplitFailure failure) {
                failInput(split, failure);
            } finally {
                giveBack(item.bytes());
            }
        });
        return next.isPresent();
    }

    private Optional<OpenSplit> nextToServe() {
        Optional<OpenSplit> safe = Optional.empty();
        for (int i = 0; i < turns.size(); i++) {
            int index = (nextTurn + i) % turns.size();
            OpenSplit split = turns.get(index);
            if (split.fetched.isEmpty() || split.left || isHeld(split)) {
                continue;
            }
            if (!split.stand.isSafe()) {
                nextTurn = index;
                return Optional.of(split);
            }
            if (safe.isEmpty()) {
                safe = Optional.of(split);
            }
        }
        safe.ifPresent(split -> nextTurn = turns.indexOf(split) + 1);
        return safe;
    }

    /// Leaves a whole input out: nothing since the last cut stays, the other inputs since then are read again, this
    /// one
    /// is finished by a reject.
    private void failInput(OpenSplit failed, SplitFailure failure) {
        failed.failure = Optional.of(path.rejectOf(failed, failure));
        LaneWork lane = failed.lane;
        List<OpenSplit> lost = new ArrayList<>(lane.ended);
        turns.stream()
                .filter(split -> split.lane == lane && (split == failed || split.hasMoved() || !split.stand.isSafe()))
                .forEach(lost::add);
        lane.drop();
        turns.removeAll(lost);
        for (OpenSplit split : lost) {
            abandon(split);
            if (split.failure.isPresent()) {
                split.standsBack();
                split.ended = true;
                lane.ended.add(split);
                lane.rejects.add(split.failure.get());
                workforce.countFailure(lane);
            } else {
                open.remove(split.split.id());
                again.add(new Again(split.split, split.cutAt, lane));
            }
        }
        lane.touch(host.nanos());
    }

    /// Throws away what was fetched of `split` and ends its reading.
    private void abandon(OpenSplit split) {
        split.epoch = ++epochs;
        split.fetched.forEach(item -> giveBack(item.bytes()));
        split.fetched.clear();
        split.closeDecoder();
        fetchers.release(split);
    }

    /// Chunks of splits that are held may fill the share while a split that must come to a safe stand finds no room: their
    /// reading is ended,
    /// and goes on after the cut (R10: no stage waits for an earlier one).
    private boolean makeRoom() {
        boolean starved = turns.stream().anyMatch(split -> split.lane.due.isPresent() && split.fetcher.isStarved());
        boolean made = false;
        for (OpenSplit split : turns) {
            if (starved && isHeld(split) && !split.left && !split.parked) {
                split.parked = true;
                split.epoch = ++epochs;
                split.fetched.forEach(item -> giveBack(item.bytes()));
                split.fetched.clear();
                split.closeDecoder();
                split.fetcher.order(new Fetcher.Order.Remove(split.split.id()));
                made = true;
            }
        }
        return made;
    }

    private void readOn(LaneWork lane) {
        for (OpenSplit split : turns) {
            if (split.parked && split.lane == lane && !split.left) {
                split.parked = false;
                split.readFrom = split.stand.position();
                split.epoch = ++epochs;
                split.fetcher.order(new Fetcher.Order.Add(split.split, split.readFrom, split.epoch));
            }
        }
    }

    private static boolean isHeld(OpenSplit split) {
        return split.stand.isSafe() && split.lane.due.isPresent();
    }

    private boolean cutWhatIsDue() {
        boolean cut = false;
        for (LaneWork lane : lanes.values()) {
            if (wantsCut(lane)) {
                lane.wantCut(workforce.cutUrgency());
            }
            if (lane.due.isPresent() && isSafe(lane)) {
                cut(lane);
                cut = true;
            }
        }
        return cut;
    }

    private boolean wantsCut(LaneWork lane) {
        return lane.writer.heldBytes() >= job.bufferBytes()
                || (lane.since.isPresent()
                        && host.nanos() - lane.since.get()
                                >= job.timing().flushTimeout().toNanos());
    }

    private boolean isSafe(LaneWork lane) {
        return turns.stream().allMatch(split -> split.lane != lane || split.stand.isSafe());
    }

    private boolean hasWork(LaneWork lane) {
        return !lane.ended.isEmpty() || turns.stream().anyMatch(split -> split.lane == lane && split.hasMoved());
    }

    private void cut(LaneWork lane) {
        List<Advance> advances = new ArrayList<>();
        for (OpenSplit split : lane.ended) {
            advances.add(split.cut());
            open.remove(split.split.id());
        }
        for (OpenSplit split : turns) {
            if (split.lane == lane && split.hasMoved()) {
                advances.add(split.cut());
            }
        }
        LaneCommitter committer = workforce.committer(lane.lane);
        if (advances.isEmpty()) {
            lane.due = Optional.empty();
        } else {
            committer.cut(lane.cut(advances));
            Boundary.reached(Boundary.FLUSHED);
        }
        readOn(lane);
        if (lane.asked) {
            lane.asked = false;
            committer.answered();
        }
    }

    /// At a stop: splits that stand SAFE are left there, the others are read on; what can't get there in time falls
    /// back to its last cut.
    private boolean drain() {
        again.clear();
        if (host.nanos() >= drainUntil.orElse(Long.MAX_VALUE)) {
            lanes.values().stream().filter(lane -> !isSafe(lane)).forEach(lane -> {
                lane.drop();
                turns.stream().filter(split -> split.lane == lane).forEach(OpenSplit::standsBack);
            });
        }
        boolean left = false;
        for (OpenSplit split : turns) {
            if (split.stand.isSafe() && !split.left && (split.fetched.isEmpty() || !workforce.isCapped())) {
                split.left = true;
                abandon(split);
                left = true;
            }
        }
        return left;
    }

    private boolean isAtEnd() {
        if (drainUntil.isPresent()) {
            return turns.stream().allMatch(split -> split.left);
        }
        return turns.isEmpty()
                && again.isEmpty()
                && workforce.lanesOf(number).stream()
                        .allMatch(id -> workforce.queue(id).isExhausted());
    }

    private void finish() {
        for (LaneWork lane : lanes.values()) {
            lane.wantCut(Cut.Urgency.NOW);
            cut(lane);
        }
        if (!reportedDone) {
            reportedDone = true;
            coordinator.send(new Event.WorkerDone(number));
        }
    }

    private void acknowledge(List<Advance> advances) {
        for (Advance advance : advances) {
            OpenSplit split = open.get(advance.split());
            if (split != null && !split.left && !split.ended) {
                split.fetcher.order(new Fetcher.Order.Acknowledge(advance.split(), advance.to()));
            }
        }
        Boundary.reached(Boundary.ACKNOWLEDGED);
    }

    private void giveBack(long bytes) {
        if (bytes > 0) {
            share.give(bytes);
            fetchers.wake();
        }
    }

    private long nextDeadline() {
        long next = drainUntil.orElse(Long.MAX_VALUE);
        for (LaneWork lane : lanes.values()) {
            if (lane.since.isPresent() && lane.due.isEmpty()) {
                next = Math.min(
                        next, lane.since.get() + job.timing().flushTimeout().toNanos());
            }
        }
        return next;
    }

    private Turn close() {
        turns.forEach(OpenSplit::closeDecoder);
        fetchers.close();
        share.close();
        for (LaneWork lane : lanes.values()) {
            lane.drop();
            lane.writer.close();
        }
        return Turn.DONE;
    }
}
