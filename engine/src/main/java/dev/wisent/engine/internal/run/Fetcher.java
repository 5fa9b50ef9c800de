package dev.wisent.engine.internal.run;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Mailbox;
import dev.wisent.engine.internal.task.Share;
import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads ahead for one worker, within its fetch share (R10): the only caller of one [SplitReader]. Transient failures
/// are tried again here, within
/// the time budget.
final class Fetcher extends Task {
    /// What the worker tells it.
    sealed interface Order {
        /// Read `split` after `after`; deliveries carry `epoch`.
        record Add(Split split, Position after, long epoch) implements Order {}

        record Remove(SplitId split) implements Order {}

        record Acknowledge(SplitId split, Position upTo) implements Order {}

        /// All iterations are used up, and what is left here stands where nobody can leave it: it is read on without them.
        record ReadOn() implements Order {}

        record Close() implements Order {}
    }

    /// What it brings the worker. A delivery of an older epoch belongs to a reading that was given up; its bytes are
    /// given back all the same.
    sealed interface Delivery {
        SplitId split();

        long epoch();

        record Item(SplitId split, long epoch, Fetched fetched, long bytes) implements Delivery {}

        record Unusable(SplitId split, long epoch, SplitFailure failure) implements Delivery {}
    }

    private final SplitReader reader;
    private final Host host;
    private final Share share;
    private final Worker worker;
    private final Mailbox<Event> coordinator;
    private Iterations iterations;
    private final Quiet quiet;
    private final long readAhead;
    private final Mailbox<Order> orders = new Mailbox<>(this);
    private final Map<SplitId, Long> epochs = new HashMap<>();
    private final Backoff backoff;
    /// A chunk the share had no room for. Seen by the worker, which may have to make room.
    private volatile Optional<Delivery.Item> ungranted = Optional.empty();
    /// Whether all iterations are given out, and not all of them have brought their chunk yet.
    private volatile boolean outOfIterations;
    /// Whether the worker decodes what comes; until then no more than `readAhead` bytes are fetched.
    private volatile boolean begun;
    /// Whether it was told that nothing is left to bring.
    private boolean sure = true;
    private long ahead;
    /// When a reader that is not polled is told that it is still wanted.
    private long keepAt = Long.MIN_VALUE;

    private long notBefore = Long.MIN_VALUE;
    private SplitId lastAdded = new SplitId("none");

    Fetcher(
            String name,
            SplitReader reader,
            Host host,
            Timing timing,
            Share share,
            Worker worker,
            Mailbox<Event> coordinator,
            Iterations iterations,
            Quiet quiet,
            long readAhead) {
        super(name);
        this.reader = reader;
        this.host = host;
        this.share = share;
        this.worker = worker;
        this.coordinator = coordinator;
        this.iterations = iterations;
        this.quiet = quiet;
        this.readAhead = readAhead;
        this.backoff = new Backoff(host, timing);
    }

    /// Whether there is a limit to what it reads ahead.
    boolean isLimited() {
        return readAhead != UNLIMITED;
    }

    /// From the worker's thread: what it brings is decoded now, so it may use the whole share.
    void begin() {
        if (!begun) {
            begun = true;
            wake();
        }
    }

    /// Whether it holds a chunk that found no room in the share, or keeps others from theirs: with no iteration left it waits
    /// for the last one, whose chunk may wait for the jumbo permit that this share has.
    boolean isStarved() {
        return ungranted.isPresent() || (outOfIterations && share.hasJumbo());
    }

    /// From the worker's thread.
    void order(Order order) {
        synchronized (this) {
            if (order instanceof Order.Add) {
                isSure(false);
            }
            orders.send(order);
        }
        reader.wakeUp();
    }

    @Override
    public Turn turn() {
        try {
            return fetch();
        } catch (RuntimeException | Error e) {
            coordinator.send(new Event.Broken(e));
            return close();
        }
    }

    private Turn fetch() {
        for (Optional<Order> order = orders.take(); order.isPresent(); order = orders.take()) {
            switch (order.get()) {
                case Order.Add(Split split, Position after, long epoch) -> {
                    epochs.put(split.id(), epoch);
                    lastAdded = split.id();
                    begun = !isLimited();
                    ahead = 0;
                    reader.add(split, after);
                }
                case Order.Remove(SplitId split) -> remove(split);
                case Order.Acknowledge(SplitId split, Position upTo) -> reader.committed(split, upTo);
                case Order.ReadOn readOn -> iterations = Iterations.unlimited();
                case Order.Close close -> {
                    return close();
                }
            }
        }
        if (ungranted.isPresent() && !deliver(ungranted.get())) {
            return waitForRoom();
        }
        if (epochs.isEmpty()) {
            answered();
            return new Turn.Idle(Long.MAX_VALUE);
        }
        if (!begun && ahead >= readAhead) {
            return new Turn.Idle(Long.MAX_VALUE);
        }
        return host.nanos() < notBefore ? new Turn.Idle(notBefore) : poll();
    }

    private Turn poll() {
        if (!iterations.reserve()) {
            if (!iterations.areUsedUp()) {
                if (!outOfIterations) {
                    outOfIterations = true;
                    worker.wake();
                }
                return new Turn.Idle(host.nanos() + IDLE_PAUSE_NANOS);
            }
            coordinator.send(new Event.Capped());
            return new Turn.Idle(Long.MAX_VALUE);
        }
        outOfIterations = false;
        Fetched fetched;
        try {
            fetched = reader.poll(host.pollWait());
            keepAt = host.nanos() + KEEP_NANOS;
            backoff.reset();
        } catch (SplitFailure failure) {
            iterations.release();
            SplitId split = lastAdded;
            long epoch = epochs.getOrDefault(split, -1L);
            remove(split);
            worker.deliver(new Delivery.Unusable(split, epoch, failure));
            return Turn.BUSY;
        } catch (WisentException e) {
            iterations.release();
            return tryAgain(e);
        }
        if (!(fetched instanceof Fetched.Chunk)) {
            iterations.release();
        }
        return take(fetched);
    }

    private Turn take(Fetched fetched) {
        switch (fetched) {
            case Fetched.Idle idle -> {
                answered();
                return new Turn.Idle(host.nanos() + IDLE_PAUSE_NANOS);
            }
            case Fetched.Chunk chunk -> {
                isSure(false);
                Boundary.reached(Boundary.FETCHED);
                deliver(item(chunk.split(), chunk, chunk.payload().bytes()));
            }
            case Fetched.Moved moved -> deliver(item(moved.split(), moved, 0));
            case Fetched.Ended ended -> {
                deliver(item(ended.split(), ended, 0));
                epochs.remove(ended.split());
            }
            case Fetched.Expired expired -> {
                deliver(item(expired.split(), expired, 0));
                remove(expired.split());
            }
        }
        return ungranted.isPresent() ? waitForRoom() : Turn.BUSY;
    }

    /// The worker wakes this task when its share has room; nobody does when another share gives the jumbo permit back.
    private Turn waitForRoom() {
        if (host.nanos() >= keepAt) {
            reader.keep();
            keepAt = host.nanos() + KEEP_NANOS;
        }
        boolean needsJumbo =
                ungranted.filter(item -> item.bytes() > share.capacity()).isPresent();
        return new Turn.Idle(needsJumbo ? Math.min(keepAt, host.nanos() + JUMBO_PAUSE_NANOS) : keepAt);
    }

    private Delivery.Item item(SplitId split, Fetched fetched, long bytes) {
        return new Delivery.Item(split, epochs.getOrDefault(split, -1L), fetched, bytes);
    }

    /// Hands over when the share has room, else keeps it: the worker wakes this task whenever it gives bytes back.
    private boolean deliver(Delivery.Item item) {
        if (item.bytes() > 0 && !hasRoom(item.bytes())) {
            ungranted = Optional.of(item);
            worker.wake();
            return false;
        }
        ungranted = Optional.empty();
        worker.deliver(item);
        if (item.fetched() instanceof Fetched.Chunk) {
            iterations.delivered();
        }
        return true;
    }

    private boolean hasRoom(long bytes) {
        if (begun) {
            return share.tryTake(bytes);
        }
        boolean room = share.tryTakeAhead(bytes);
        ahead += room ? bytes : 0;
        return room;
    }

    private void remove(SplitId split) {
        if (epochs.remove(split) != null) {
            reader.remove(split);
        }
        if (ungranted.filter(item -> item.split().equals(split)).isPresent()) {
            // Only a chunk needs room, and so waits for it.
            ungranted = Optional.empty();
            iterations.release();
        }
    }

    private Turn tryAgain(WisentException failure) {
        if (!failure.isTransient()) {
            throw failure;
        }
        notBefore = backoff.nextTry();
        if (notBefore < 0) {
            throw failure.tried(backoff.tried());
        }
        isSure(false);
        return new Turn.Idle(notBefore);
    }

    /// There was nothing to bring. What was ordered meanwhile was not asked for yet.
    private synchronized void answered() {
        if (orders.isEmpty()) {
            isSure(epochs.isEmpty() || reader.isCaughtUp());
        }
    }

    private synchronized void isSure(boolean now) {
        if (now && !sure) {
            quiet.broken();
            quiet.sure();
        } else if (!now && sure) {
            quiet.unsure();
        }
        sure = now;
    }

    private Turn close() {
        isSure(true);
        ungranted.ifPresent(item -> iterations.release());
        ungranted = Optional.empty();
        reader.close();
        return Turn.DONE;
    }

    /// No limit to what is read ahead, but the share.
    static final long UNLIMITED = Long.MAX_VALUE;

    /// How often a chunk larger than the share asks for the one jumbo permit.
    private static final long JUMBO_PAUSE_NANOS = 5_000_000;

    private static final long KEEP_NANOS = 250_000_000;

    /// How long a reader that had nothing is left alone when it does not wait itself.
    private static final long IDLE_PAUSE_NANOS = 1_000_000;
}
