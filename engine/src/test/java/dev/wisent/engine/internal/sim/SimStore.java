package dev.wisent.engine.internal.sim;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.Resets;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Leases and copies of progress, as hosts see them whose clocks differ. It may be lost, or out of reach: nothing that counts
/// may depend on it (R5).
final class SimStore {
    private record Lease(Holder holder, Instant expires) {}

    private static final int OUT_OF_REACH_ONE_IN = 80;
    private final World world;
    private final Map<JobKey, Lease> leases = new HashMap<>();
    private final Map<JobKey, String> copies = new HashMap<>();

    SimStore(World world) {
        this.world = world;
    }

    /// Somebody deletes it, or starts the next run with another one.
    void lose() {
        leases.clear();
        copies.clear();
    }

    Optional<String> copy(JobKey job) {
        return Optional.ofNullable(copies.get(job));
    }

    /// The store as the host of `life` sees it, whose clock is `skew` ahead.
    StateStore of(Life life, Duration skew) {
        return new View(life, skew);
    }

    private final class View implements StateStore {
        private final Life life;
        private final Duration skew;

        View(Life life, Duration skew) {
            this.life = life;
            this.skew = skew;
        }

        private Instant now() {
            return Instant.EPOCH.plusNanos(world.pool.now).plus(skew);
        }

        private void reach() {
            world.between(life);
            if (life.mayFail && world.random.nextInt(OUT_OF_REACH_ONE_IN) == 0) {
                throw world.random.nextBoolean()
                        ? WisentException.of(ErrorCode.STATE_STORE, "broken")
                        : WisentException.transientFailure(
                                ErrorCode.STATE_STORE, "out of reach", new IllegalStateException("out of reach"));
            }
        }

        @Override
        public LeaseOutcome acquire(JobKey job, Holder holder, Duration ttl) {
            Lease held = leases.get(job);
            if (held != null
                    && held.expires().isAfter(now())
                    && !held.holder().run().equals(holder.run())) {
                return new LeaseOutcome.Held(held.holder(), held.expires());
            }
            leases.put(job, new Lease(holder, now().plus(ttl)));
            return new LeaseOutcome.Granted();
        }

        @Override
        public boolean renew(JobKey job, Holder holder, Duration ttl) {
            Lease held = leases.get(job);
            if (held == null || !held.holder().run().equals(holder.run())) {
                return false;
            }
            leases.put(job, new Lease(holder, now().plus(ttl)));
            return true;
        }

        @Override
        public void release(JobKey job, Holder holder) {
            Lease held = leases.get(job);
            if (held != null && held.holder().run().equals(holder.run())) {
                leases.remove(job);
            }
        }

        @Override
        public List<LeaseOutcome.Held> leases() {
            return leases.values().stream()
                    .map(lease -> new LeaseOutcome.Held(lease.holder(), lease.expires()))
                    .toList();
        }

        @Override
        public Resets resets() {
            throw new UnsupportedOperationException("simulated runs are given no resets");
        }

        @Override
        public void saveRun(RunRecord run) {
            reach();
        }

        @Override
        public List<RunRecord> runs(Optional<String> pipelineId, int atMost) {
            return List.of();
        }

        @Override
        public void saveProgress(JobKey job, String json) {
            reach();
            copies.put(job, json);
        }

        @Override
        public Optional<String> progress(JobKey job) {
            return copy(job);
        }

        @Override
        public List<JobKey> jobs() {
            return List.copyOf(copies.keySet());
        }

        @Override
        public void close() {}
    }
}
