package dev.wisent.engine.internal.task;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// A fixed part of the byte budget (R10). A request larger than the whole share is granted when the share is empty
/// and its stage's one jumbo permit is free: one giant at a time is fetched, and one is shipped. The permits are two,
/// for who decodes a giant holds the one while it waits for the other. Any thread.
public final class Share {
    private final String name;
    private final long capacity;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong highWater = new AtomicLong();
    private final AtomicBoolean jumbo;
    private final AtomicBoolean holdsJumbo = new AtomicBoolean();
    private boolean closed;

    /// `jumbo` is the permit all shares of a stage have in common: true while taken.
    public Share(String name, long capacity, AtomicBoolean jumbo) {
        this.name = name;
        this.capacity = capacity;
        this.jumbo = jumbo;
    }

    /// Grants nothing any more, holds nothing, and gives the jumbo permit back: whoever would give bytes back may be gone.
    public synchronized void close() {
        closed = true;
        used.set(0);
        if (holdsJumbo.compareAndSet(true, false)) {
            jumbo.set(false);
        }
    }

    /// Takes `bytes` if there is room now; never waits.
    public synchronized boolean tryTake(long bytes) {
        if (closed) {
            return false;
        }
        long inUse = used.get();
        if (inUse + bytes <= capacity) {
            return took(inUse + bytes);
        }
        if (inUse == 0 && jumbo.compareAndSet(false, true)) {
            holdsJumbo.set(true);
            return took(bytes);
        }
        return false;
    }

    /// Takes `bytes` for something nobody works on yet: as long as less than half is in use, so that what is worked on
    /// always finds room.
    public synchronized boolean tryTakeAhead(long bytes) {
        long inUse = used.get();
        return (inUse == 0 || inUse + bytes <= capacity / 2) && tryTake(bytes);
    }

    public synchronized void give(long bytes) {
        if (closed) {
            return;
        }
        long left = used.addAndGet(-bytes);
        if (left < 0) {
            throw new IllegalStateException(name + ": more was given back than taken");
        }
        if (left == 0 && holdsJumbo.compareAndSet(true, false)) {
            jumbo.set(false);
        }
    }

    /// Whether it holds the one permit for what is larger than a share.
    public boolean hasJumbo() {
        return holdsJumbo.get();
    }

    public long used() {
        return used.get();
    }

    /// The most that was ever in use.
    public long highWater() {
        return highWater.get();
    }

    public String name() {
        return name;
    }

    public long capacity() {
        return capacity;
    }

    private boolean took(long nowUsed) {
        used.set(nowUsed);
        highWater.accumulateAndGet(nowUsed, Math::max);
        return true;
    }
}
