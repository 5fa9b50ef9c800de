package dev.wisent.engine.internal.sim;

import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Task;
import java.time.Duration;
import java.time.Instant;

/// One life's view of the simulated machine: its tasks go into the world's pool under its name.
final class SimHost implements Host {
    private final World world;
    final Life life;

    SimHost(World world, Life life) {
        this.world = world;
        this.life = life;
    }

    @Override
    public void start(Task task, Work work) {
        world.pool.add(life, task);
    }

    @Override
    public long nanos() {
        return world.pool.now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(world.pool.now);
    }

    @Override
    public long random(long bound) {
        return world.random.nextLong(bound);
    }

    @Override
    public Duration pollWait() {
        return Duration.ZERO;
    }
}
