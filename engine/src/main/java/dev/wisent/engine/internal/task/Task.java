package dev.wisent.engine.internal.task;

import java.util.concurrent.atomic.AtomicReference;

/// Something that works in turns. One thread at a time calls [#turn]; [#wake] may be called from any thread.
public abstract class Task {
    private static final Runnable NOBODY = () -> {};

    private final String name;
    private final AtomicReference<Runnable> waker = new AtomicReference<>(NOBODY);

    protected Task(String name) {
        this.name = name;
    }

    public final String name() {
        return name;
    }

    /// Does a bit of work. A failure that leaves it ends the run.
    public abstract Turn turn();

    /// Ends an [Turn.Idle] early.
    public final void wake() {
        waker.get().run();
    }

    /// The host says how this task is woken.
    public final void wokenBy(Runnable how) {
        waker.set(how);
    }
}
