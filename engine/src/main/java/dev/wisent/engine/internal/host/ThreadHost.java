package dev.wisent.engine.internal.host;

import dev.wisent.engine.internal.task.Task;

/// A thread for each task.
public final class ThreadHost extends MachineHost {
    @Override
    public void start(Task task, Work work) {
        if (work == Work.FETCH) {
            fetch(task);
            return;
        }
        Thread unused = Thread.ofPlatform().daemon(true).name(task.name()).start(new Loop(task));
    }
}
