package dev.wisent.connectors.core.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A wait that another thread may end early. An [#end] that comes before the wait ends the next one.
public final class Pause {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private boolean end;

    /// Waits for `time` or until [#end]; an interrupt ends it too and stays set.
    public void take(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!end && left > 0) {
                left = ended.awaitNanos(left);
            }
            end = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    public void end() {
        lock.lock();
        try {
            end = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The smaller of the two.
    public static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /// Microseconds since 1970, as chunks and columns count time.
    public static long nowMicros() {
        long millis = System.currentTimeMillis();
        return TimeUnit.MILLISECONDS.toMicros(millis);
    }
}
