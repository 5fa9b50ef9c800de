package dev.wisent.engine.internal.ship;

import dev.wisent.engine.internal.task.Share;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Buffers on their way out. A worker that finds no room waits here, and nowhere else; shipping itself needs none to finish.
final class ShipShare {
    /// Writers ship a megabyte and what the last rows add to it. Buffers of this size are used again, so shipping makes no
    /// garbage.
    private static final int POOLED = 3 << 19;
    private static final int MAX_POOLED = 32;
    /// The jumbo permit of another stage is given back without a signal to this one.
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Share share;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<byte[]> pool = new ArrayDeque<>();

    ShipShare(Share share) {
        this.share = share;
    }

    byte[] take(int capacity) throws InterruptedException {
        int size = Math.max(capacity, POOLED);
        lock.lock();
        try {
            while (!share.tryTake(size)) {
                boolean unused = room.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (size == POOLED && !pool.isEmpty()) {
                return pool.pop();
            }
        } finally {
            lock.unlock();
        }
        return make(size);
    }

    /// When the heap has no room, the bytes go back: else everybody who ships waits for them for ever.
    private byte[] make(int size) {
        try {
            return new byte[size];
        } catch (OutOfMemoryError e) {
            giveBack(size);
            throw e;
        }
    }

    private void giveBack(int size) {
        lock.lock();
        try {
            share.give(size);
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void give(byte[] buffer) {
        lock.lock();
        try {
            giveBack(buffer.length);
            if (buffer.length == POOLED && pool.size() < MAX_POOLED) {
                pool.push(buffer);
            }
        } finally {
            lock.unlock();
        }
    }
}
