package dev.wisent.engine.internal.host;

import dev.wisent.engine.internal.task.Task;

/// A thread for each task: virtual ones fetch, platform ones compute and commit (calls into native libraries pin a carrier).
public final class ThreadHost extends MachineHost {
    @Override
    public void start(Task task, Work work) {
        Thread.Builder builder =
                work == Work.FETCH ? Thread.ofVirtual() : Thread.ofPlatform().daemon(true);
        Thread unused = builder.name(task.name()).start(new Loop(task));
    }
}
