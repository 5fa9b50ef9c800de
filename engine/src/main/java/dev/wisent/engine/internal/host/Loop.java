package dev.wisent.engine.internal.host;

import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import java.util.concurrent.locks.LockSupport;

/// Gives one task turns on the thread that runs it, parking while it is idle.
final class Loop implements Runnable {
    private final Task task;
    private volatile boolean woken;
    private volatile Thread thread = Thread.currentThread();

    Loop(Task task) {
        this.task = task;
        task.wokenBy(this::wake);
    }

    private void wake() {
        if (!woken) {
            woken = true;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (true) {
            woken = false;
            Turn turn = task.turn();
            if (turn instanceof Turn.Done) {
                return;
            }
            if (turn instanceof Turn.Idle(long until)) {
                park(until);
            }
        }
    }

    private void park(long until) {
        while (!woken) {
            if (until == Long.MAX_VALUE) {
                LockSupport.park(this);
                continue;
            }
            long wait = until - System.nanoTime();
            if (wait <= 0) {
                return;
            }
            LockSupport.parkNanos(this, wait);
        }
    }
}
