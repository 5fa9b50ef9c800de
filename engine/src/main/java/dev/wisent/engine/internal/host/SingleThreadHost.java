package dev.wisent.engine.internal.host;

import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// One platform thread takes the turns of all tasks that compute and commit, round robin; only fetching has threads of its own.
public final class SingleThreadHost extends MachineHost {
    private final ConcurrentLinkedQueue<Task> added = new ConcurrentLinkedQueue<>();
    private final All all = new All();
    private boolean started;

    @Override
    public synchronized void start(Task task, Work work) {
        if (work == Work.FETCH) {
            fetch(task);
            return;
        }
        task.wokenBy(all::wake);
        added.add(task);
        if (started) {
            all.wake();
        } else {
            started = true;
            Thread unused = Thread.ofPlatform().daemon(true).name("stream").start(new Loop(all));
        }
    }

    /// Whether nothing is left to do: the thread ends then, and the next task gets another.
    private synchronized boolean isOver() {
        started = !added.isEmpty();
        return !started;
    }

    /// All tasks as one.
    private final class All extends Task {
        private final List<Task> tasks = new ArrayList<>();

        All() {
            super("stream");
        }

        @Override
        public Turn turn() {
            for (Task task = added.poll(); task != null; task = added.poll()) {
                tasks.add(task);
            }
            long until = Long.MAX_VALUE;
            for (int i = 0; i < tasks.size(); i++) {
                switch (tasks.get(i).turn()) {
                    case Turn.Busy busy -> until = Long.MIN_VALUE;
                    case Turn.Idle(long wanted) -> until = Math.min(until, wanted);
                    case Turn.Done done -> {
                        tasks.remove(i--);
                        until = Long.MIN_VALUE;
                    }
                }
            }
            if (tasks.isEmpty() && isOver()) {
                return Turn.DONE;
            }
            return until == Long.MIN_VALUE ? Turn.BUSY : new Turn.Idle(until);
        }
    }
}
