package dev.wisent.engine.internal.sim;

import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/// Every task of every life, and the clock. Which one goes next is the seed's choice. A turn that must wait in its middle has
/// others take their turns meanwhile; it goes on when they returned.
final class Pool {
    private static final class Entry {
        final Life life;
        final Task task;
        /// Only works beside the others: that it will go on some time is no reason to wait for it.
        final boolean beside;
        long idleUntil = Long.MIN_VALUE;
        boolean woken;
        boolean inTurn;
        /// Turns in a row that did nothing and waited for nothing.
        int restless;

        Entry(Life life, Task task, boolean beside) {
            this.life = life;
            this.task = task;
            this.beside = beside;
        }
    }

    /// A wait that is none.
    private static final long MOMENT_NANOS = 1_000;

    private static final int MOST_RESTLESS = 5;

    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry> ready = new ArrayList<>();
    private final Random random;
    private final long mostSteps;
    final Judge judge;
    long now = 1;
    long steps;

    Pool(Random random, Scale scale) {
        this.random = random;
        this.mostSteps = scale.mostSteps();
        this.judge = new Judge(() -> now, scale.mostRowsUncut());
    }

    void add(Life life, Task task) {
        add(new Entry(life, task, false));
    }

    void addBeside(Life life, Task task) {
        add(new Entry(life, task, true));
    }

    private void add(Entry entry) {
        entry.task.wokenBy(() -> {
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
                        + (e.inTurn ? "(in turn)" : "")
                        + (e.idleUntil == Long.MAX_VALUE ? " waits" : " until " + e.idleUntil))
                .toList()
                .toString();
    }

    /// Gives one task of the lives `who` a turn; moves the clock when all of them wait. False: none of them will ever go on.
    boolean step(Predicate<Life> who) {
        if (steps > mostSteps) {
            judge.expect(false, "the history does not end: " + describe());
        }
        entries.removeIf(e -> e.life.state == Life.State.DEAD);
        ready.clear();
        long next = Long.MAX_VALUE;
        boolean anyWaits = false;
        for (Entry entry : entries) {
            if (entry.inTurn
                    || entry.life.state != Life.State.RUNNING
                    || entry.life.inCall > 0
                    || !who.test(entry.life)) {
                continue;
            }
            if (entry.idleUntil <= now) {
                ready.add(entry);
            } else {
                next = Math.min(next, entry.idleUntil);
                anyWaits |= !entry.beside && entry.idleUntil != Long.MAX_VALUE;
            }
        }
        steps++;
        if (ready.isEmpty()) {
            if (anyWaits) {
                now = next;
            }
            return anyWaits;
        }
        boolean onlyBeside = !anyWaits && ready.stream().allMatch(e -> e.beside);
        give(ready.get(random.nextInt(ready.size())));
        return !onlyBeside;
    }

    private void give(Entry chosen) {
        now += random.nextInt(1_000_000);
        chosen.idleUntil = Long.MIN_VALUE;
        chosen.woken = false;
        chosen.inTurn = true;
        Turn turn;
        try {
            turn = chosen.task.turn();
        } finally {
            chosen.inTurn = false;
        }
        switch (turn) {
            case Turn.Busy busy -> chosen.restless = 0;
            case Turn.Idle(long until) -> {
                // others take turns in the middle of theirs, and time passes
                boolean waits = until > now + MOMENT_NANOS;
                chosen.restless = waits ? 0 : chosen.restless + 1;
                judge.expect(chosen.restless <= MOST_RESTLESS, chosen.task.name() + " asks for turns to do nothing");
                if (!chosen.woken) {
                    chosen.idleUntil = until;
                }
            }
            case Turn.Done done -> entries.remove(chosen);
        }
    }
}
