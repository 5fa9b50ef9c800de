package dev.wisent.engine.internal.sim;

import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/// Every task of every life, and the clock. Which one goes next is the seed's choice.
final class Pool {
    private static final class Entry {
        final Life life;
        final Task task;
        long idleUntil = Long.MIN_VALUE;
        boolean woken;

        Entry(Life life, Task task) {
            this.life = life;
            this.task = task;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Random random;
    long now = 1;
    long steps;

    Pool(Random random) {
        this.random = random;
    }

    void add(Life life, Task task) {
        Entry entry = new Entry(life, task);
        task.wokenBy(() -> {
            entry.woken = true;
            entry.idleUntil = Long.MIN_VALUE;
        });
        entries.add(entry);
    }

    /// Who waits for what, for messages.
    String describe() {
        return entries.stream()
                .filter(e -> e.life.state == Life.State.RUNNING)
                .map(e -> e.life.run + "/" + e.task.name() + (e.life.inCall > 0 ? "(in call)" : "")
                        + (e.idleUntil == Long.MAX_VALUE ? " waits" : " until " + e.idleUntil))
                .toList()
                .toString();
    }

    /// Gives one task of the lives `who` a turn; moves the clock when all of them wait. False: none of them will ever go on.
    boolean step(Predicate<Life> who) {
        entries.removeIf(e -> e.life.state == Life.State.DEAD);
        List<Entry> able = entries.stream()
                .filter(e -> e.life.state == Life.State.RUNNING && e.life.inCall == 0 && who.test(e.life))
                .toList();
        List<Entry> ready = able.stream().filter(e -> e.idleUntil <= now).toList();
        if (ready.isEmpty()) {
            long next = able.stream().mapToLong(e -> e.idleUntil).min().orElse(Long.MAX_VALUE);
            if (next == Long.MAX_VALUE) {
                return false;
            }
            now = next;
            return true;
        }
        Entry chosen = ready.get(random.nextInt(ready.size()));
        steps++;
        now += random.nextInt(1_000_000);
        chosen.idleUntil = Long.MIN_VALUE;
        chosen.woken = false;
        switch (chosen.task.turn()) {
            case Turn.Busy busy -> {}
            case Turn.Idle(long until) -> {
                if (!chosen.woken) {
                    chosen.idleUntil = until;
                }
            }
            case Turn.Done done -> entries.remove(chosen);
        }
        return true;
    }
}
