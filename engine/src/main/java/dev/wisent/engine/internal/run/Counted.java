package dev.wisent.engine.internal.run;

import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;

/// A task whose end somebody is told of.
final class Counted extends Task {
    private final Task task;
    private final Runnable atEnd;

    Counted(Task task, Runnable atEnd) {
        super(task.name());
        this.task = task;
        this.atEnd = atEnd;
        task.wokenBy(this::wake);
    }

    @Override
    public Turn turn() {
        Turn turn = task.turn();
        if (turn instanceof Turn.Done) {
            atEnd.run();
        }
        return turn;
    }
}
