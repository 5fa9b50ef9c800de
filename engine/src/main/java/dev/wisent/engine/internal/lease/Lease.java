package dev.wisent.engine.internal.lease;

import dev.wisent.api.RunId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.StateStore;
import dev.wisent.engine.Pipeline;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;

/// A lease held and renewed by a thread of its own until closed. It only spares wasted work: who loses it goes on until the
/// destination refuses (R5).
public final class Lease implements AutoCloseable {
    private final StateStore store;
    private final JobKey job;
    private final Holder holder;
    private final StoreWrites writes;
    private final Thread renewer;
    private volatile boolean taken;

    private Lease(StateStore store, JobKey job, Holder holder, StoreWrites writes, Duration ttl, Duration heartbeat) {
        this.store = store;
        this.job = job;
        this.holder = holder;
        this.writes = writes;
        this.renewer = Thread.ofPlatform().daemon(true).name("lease").start(() -> renew(ttl, heartbeat));
    }

    /// Takes the lease or says who holds it.
    public static Lease take(StateStore store, Pipeline pipeline, RunId run, StoreWrites writes) {
        Holder me = holder(run);
        JobKey job = new JobKey(pipeline.id(), pipeline.stream());
        Duration ttl = pipeline.engine().leaseExpiry();
        Duration heartbeat = pipeline.engine().heartbeat();
        return switch (store.acquire(job, me, ttl)) {
            case LeaseOutcome.Granted granted -> new Lease(store, job, me, writes, ttl, heartbeat);
            case LeaseOutcome.Held(Holder by, Instant expires) ->
                throw WisentException.of(
                                ErrorCode.LEASE_HELD,
                                "pipeline '" + pipeline.name() + "' is running already: run " + by.run() + " on "
                                        + by.host() + " (process " + by.pid() + ") since " + by.since())
                        .where("stream " + pipeline.stream())
                        .hint(
                                "wait for it, or stop it; a process that died is replaced at once on its own host, elsewhere after "
                                        + expires)
                        .next("wisent runs");
        };
    }

    /// This process, as the holder of `run`.
    public static Holder holder(RunId run) {
        ProcessHandle process = ProcessHandle.current();
        return new Holder(
                run, host(), process.pid(), process.info().startInstant().orElse(Instant.EPOCH), Instant.now());
    }

    public Holder holder() {
        return holder;
    }

    private void renew(Duration ttl, Duration heartbeat) {
        try {
            while (!taken) {
                Thread.sleep(heartbeat);
                writes.attempt(
                        () -> taken = !store.renew(job, holder, ttl),
                        "the lease is not renewed; once it has expired another run may take over");
            }
        } catch (WisentException e) {
            writes.warn(e.what() + ": the lease is not renewed any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        renewer.interrupt();
        writes.attempt(() -> store.release(job, holder), "the lease is not released; it ends with this process");
    }

    /// What this machine calls itself.
    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
