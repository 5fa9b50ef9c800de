package dev.wisent.engine.internal.sim;

import dev.wisent.api.RunId;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.StateStore;
import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import java.time.Duration;
import java.time.Instant;

/// The leases of a history's lives: none at all, or taken from a store that is lost now and then, by hosts whose clocks differ
/// by more than a lease lasts. Whether a lease is waited for, expires early, or is held by two at once: the rows are the same.
final class Leases {
    private static final Duration TTL = Duration.ofMillis(300);
    private static final Duration HEARTBEAT = Duration.ofMillis(50);
    private static final int HOSTS = 2;
    static final JobKey JOB = new JobKey("p", World.STREAM);

    private final World world;
    private final SimStore store;
    private final boolean used;
    private final Duration[] skews = new Duration[HOSTS];

    Leases(World world) {
        this.world = world;
        this.store = new SimStore(world);
        this.used = world.random.nextInt(3) > 0;
        for (int i = 0; i < HOSTS; i++) {
            skews[i] = TTL.multipliedBy(world.random.nextInt(4)).minus(TTL.multipliedBy(world.random.nextInt(4)));
        }
    }

    StateStore storeOf(Life life) {
        return store.of(life, skews[Math.floorMod(life.number, HOSTS)]);
    }

    /// Starts `life` as a user would: refused while another run holds the lease, again when it has expired, or at once with
    /// another store. Meanwhile whoever is not frozen goes on.
    void take(Life life) {
        if (!used) {
            return;
        }
        StateStore mine = storeOf(life);
        Instant origin = Instant.EPOCH;
        Holder holder = new Holder(new RunId(life.run), "host" + life.number % HOSTS, life.number, origin, origin);
        while (mine.acquire(JOB, holder, TTL) instanceof LeaseOutcome.Held) {
            if (world.random.nextInt(4) == 0) {
                store.lose();
            } else {
                world.pool.now += TTL.toNanos();
            }
        }
        world.pool.addBeside(life, new Renewal(life, mine, holder));
    }

    /// The life's end, if it comes to that.
    void release(Life life) {
        storeOf(life).release(JOB, new Holder(new RunId(life.run), "", 0, Instant.EPOCH, Instant.EPOCH));
    }

    /// The copy of progress, for people, never runs ahead of what it copies.
    void check(SimDestination destination) {
        store.copy(JOB).ifPresent(json -> {
            var copied = dev.wisent.api.commit.ProgressJson.parse(json).view().lanes();
            copied.forEach((lane, view) -> SimSource.expect(
                    view.last() <= destination.truth().last(lane), "the copy of progress runs ahead: " + view));
        });
    }

    /// Who loses the lease goes on until the destination refuses.
    private final class Renewal extends Task {
        private final Life life;
        private final StateStore store;
        private final Holder holder;

        Renewal(Life life, StateStore store, Holder holder) {
            super("lease");
            this.life = life;
            this.store = store;
            this.holder = holder;
        }

        @Override
        public Turn turn() {
            boolean ended = life.result().isPresent();
            if (ended || !store.renew(JOB, holder, TTL)) {
                return Turn.DONE;
            }
            return new Turn.Idle(world.pool.now + HEARTBEAT.toNanos());
        }
    }
}
