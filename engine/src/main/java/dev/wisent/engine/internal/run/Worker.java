package dev.wisent.engine.internal.run;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.source.Fetched;
import dev.wisent.engine.internal.run.Fetcher.Delivery;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Mailbox;
import dev.wisent.engine.internal.task.Share;
import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Serves splits from start to end: takes what was fetched, has it decoded and written ([RowPath]), and makes cuts.
///
/// A cut is made for a lane when one is due and every split of it stands SAFE. While one is due, no split is opened and
/// nothing is taken of splits that stand SAFE, until the others do. A turn handles one fetched item, or a few small ones for
/// transforms that want many rows at once, so cuts, stops and commits never wait long.
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
    private final OpenSplits splits;
    private Optional<Long> drainUntil = Optional.empty();
    /// The time to drain is over.
    private boolean late;
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
        this.splits = new OpenSplits(fetchers, workforce::upholds, this::giveBack, workforce.mostDecoded(number));
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
        boolean busy = drainUntil.isPresent() ? drain() : openSplitsSoon();
        busy |= serveOne() || splits.makeRoom();
        busy |= cutWhatIsDue();
        if (isAtEnd()) {
            finish();
        }
        return busy || !deliveries.isEmpty() ? Turn.BUSY : new Turn.Idle(nextDeadline());
    }

    private void askCut(LaneId id) {
        LaneWork lane = lanes.get(id);
        if (lane == null || !splits.hasWork(lane)) {
            workforce.committer(id).answered();
            return;
        }
        lane.asked = true;
        lane.wantCut(Cut.Urgency.WHEN_DUE);
    }

    private void takeDeliveries() {
        for (Optional<Delivery> next = deliveries.take(); next.isPresent(); next = deliveries.take()) {
            Delivery delivery = next.get();
            Optional<OpenSplit> receiver = splits.receiver(delivery);
            switch (delivery) {
                case Delivery.Item item ->
                    receiver.ifPresentOrElse(split -> split.fetched.add(item), () -> giveBack(item));
                case Delivery.Unusable unusable -> receiver.ifPresent(split -> failInput(split, unusable.failure()));
            }
        }
    }

    /// To open one may take its time: a client has to be made for it.
    private boolean openSplitsSoon() {
        if (workforce.waitingSplits() == 0) {
            return openSplits();
        }
        workforce.quiet().unsure();
        try {
            return openSplits();
        } finally {
            workforce.quiet().sure();
        }
    }

    /// Opens splits while there is room. None while a cut is due: what is open must come to a safe stand first.
    private boolean openSplits() {
        boolean opened = false;
        int mostOpen = workforce.mostOpen(number);
        while (splits.reading() < mostOpen && splits.openAgain()) {
            opened = true;
        }
        for (LaneId id : workforce.lanesOf(number)) {
            while (!splits.hasAgain() && splits.reading() < mostOpen && !isCutDue(id)) {
                Optional<SplitQueue.Waiting> waiting = workforce.queue(id).take();
                if (waiting.isEmpty()) {
                    break;
                }
                LaneWork lane = lanes.computeIfAbsent(id, l -> workforce.openLane(l, number));
                splits.open(waiting.get().split(), waiting.get().after(), lane);
                opened = true;
            }
        }
        return opened;
    }

    private boolean isCutDue(LaneId id) {
        LaneWork lane = lanes.get(id);
        return lane != null && lane.due.isPresent() && workforce.upholds(EngineRule.HOLDS_WHILE_DUE);
    }

    /// Takes one item of one split; further ones of it as long as its rows wait for more.
    private boolean serveOne() {
        Optional<OpenSplit> next = splits.next();
        next.ifPresent(split -> {
            split.fetcher.begin();
            try {
                do {
                    serve(split);
                } while (path.holdsRows() && isChunkNext(split));
                path.handOn(split);
                if (split.ended) {
                    splits.ended(split);
                }
            } catch (SplitFailure failure) {
                path.forget();
                failInput(split, failure);
            }
        });
        return next.isPresent();
    }

    private void serve(OpenSplit split) {
        Delivery.Item item = split.fetched.remove();
        try {
            path.serve(split, item);
        } finally {
            giveBack(item);
        }
    }

    private static boolean isChunkNext(OpenSplit split) {
        Delivery.Item next = split.fetched.peek();
        return next != null && next.fetched() instanceof Fetched.Chunk && split.lane.due.isEmpty();
    }

    /// Leaves a whole input out: nothing since the last cut stays, the other inputs since then are read again, this one is
    /// finished by a reject.
    private void failInput(OpenSplit failed, SplitFailure failure) {
        failed.failure = Optional.of(path.rejectOf(failed, failure));
        LaneWork lane = failed.lane;
        List<OpenSplit> failures =
                workforce.upholds(EngineRule.FAILURE_DROPS_THE_CUT) ? lose(lane, failed) : splits.leaveOut(failed);
        for (OpenSplit split : failures) {
            lane.ended.add(split);
            lane.rejects.add(split.failure.orElseThrow());
            workforce.countFailure(lane);
        }
        lane.touch(host.nanos());
    }

    private List<OpenSplit> lose(LaneWork lane, OpenSplit failed) {
        List<OpenSplit> failures = splits.lose(lane, failed);
        lane.drop();
        return failures;
    }

    private boolean cutWhatIsDue() {
        boolean cut = false;
        for (LaneWork lane : lanes.values()) {
            if (wantsCut(lane)) {
                lane.wantCut(workforce.cutUrgency());
            }
            if (lane.due.isPresent() && splits.isSafe(lane)) {
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

    private void cut(LaneWork lane) {
        List<Advance> advances = splits.cut(lane);
        LaneCommitter committer = workforce.committer(lane.lane);
        if (advances.isEmpty()) {
            lane.due = Optional.empty();
        } else {
            committer.cut(lane.cut(advances));
            Boundary.reached(Boundary.FLUSHED);
        }
        splits.readOn(lane);
        if (lane.asked) {
            lane.asked = false;
            committer.answered();
        }
    }

    /// At a stop: splits that stand SAFE are left there, the others are read on; what can't get there in time falls
    /// back to its last cut.
    private boolean drain() {
        splits.forgetAgain();
        late = host.nanos() >= drainUntil.orElse(Long.MAX_VALUE);
        if (late) {
            lanes.values().stream().filter(lane -> !splits.isSafe(lane)).forEach(lane -> {
                lane.drop();
                splits.standBack(lane);
            });
            // What fell back must not go on with chunks that follow those it gave up.
            return splits.leaveSafe(OpenSplits.Taken.DROPPED);
        }
        if (!workforce.isCapped()) {
            return splits.leaveSafe(OpenSplits.Taken.DECODING_KEPT);
        }
        boolean left = splits.leaveSafe(OpenSplits.Taken.FETCHED_KEPT);
        // Else runs with a cap that is smaller than an input would all begin it and never get on.
        if (splits.isNothingFetched()) {
            splits.liftLimit();
        }
        return left;
    }

    private boolean isAtEnd() {
        if (drainUntil.isPresent()) {
            return splits.areAllLeft();
        }
        return splits.isEmpty()
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

    /// A reader of its own is gone with its split; one that serves many hears of the last commit of each, too.
    private void acknowledge(List<Advance> advances) {
        for (Advance advance : advances) {
            splits.find(advance.split())
                    .filter(split -> !split.left && !split.ended)
                    .map(split -> split.fetcher)
                    .or(fetchers::shared)
                    .ifPresent(fetcher -> fetcher.order(new Fetcher.Order.Acknowledge(advance.split(), advance.to())));
        }
        Boundary.reached(Boundary.ACKNOWLEDGED);
    }

    private void giveBack(Delivery.Item item) {
        if (item.fetched() instanceof Fetched.Chunk chunk) {
            chunk.payload().release();
        }
        if (item.bytes() > 0) {
            share.give(item.bytes());
            fetchers.wake();
        }
    }

    private long nextDeadline() {
        long next = late ? Long.MAX_VALUE : drainUntil.orElse(Long.MAX_VALUE);
        for (LaneWork lane : lanes.values()) {
            if (lane.since.isPresent() && lane.due.isEmpty()) {
                next = Math.min(
                        next, lane.since.get() + job.timing().flushTimeout().toNanos());
            }
        }
        return next;
    }

    private Turn close() {
        splits.close();
        share.close();
        path.close();
        for (LaneWork lane : lanes.values()) {
            lane.drop();
            lane.writer.close();
        }
        return Turn.DONE;
    }
}
