package dev.wisent.engine.internal.ship;

import dev.wisent.api.destination.Shipment;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.plugin.PluginFailure;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// One part's actions, in order, one at a time.
final class ThreadShipment implements Shipment {
    private final String name;
    private final ShipShare share;
    private final Executor threads;
    private final Runnable onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private boolean active;
    /// No action after one that failed is run, whether or not there was memory to say why.
    private volatile boolean failed;

    private volatile Optional<WisentException> failure = Optional.empty();

    ThreadShipment(String name, ShipShare share, Executor threads, Runnable onEnd) {
        this.name = name;
        this.share = share;
        this.threads = threads;
        this.onEnd = onEnd;
    }

    @Override
    public byte[] buffer(int capacity) {
        try {
            return share.take(capacity);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WisentException.of(ErrorCode.INTERRUPTED, "interrupted while waiting to ship " + name)
                    .causedBy(e);
        }
    }

    @Override
    public void send(byte[] data, int length, Action action) {
        try {
            enqueue(() -> run(data, length, action));
        } catch (RuntimeException | Error e) {
            failed = true;
            share.give(data);
            throw e;
        }
    }

    private void run(byte[] data, int length, Action action) {
        try {
            if (!failed) {
                action.run(data, length);
            }
        } catch (Exception | Error e) {
            failed = true;
            failure = Optional.of(told(e));
        } finally {
            share.give(data);
        }
    }

    @Override
    public <T> CompletableFuture<T> finish(Callable<T> last) {
        end();
        CompletableFuture<T> result = new CompletableFuture<>();
        enqueue(() -> {
            try {
                if (failed) {
                    boolean unused = result.completeExceptionally(failure.orElseGet(this::untold));
                } else {
                    boolean unused = result.complete(last.call());
                }
            } catch (Exception | Error e) {
                boolean unused = result.completeExceptionally(told(e));
            }
        });
        return result;
    }

    @Override
    public void cancel(Runnable cleanUp) {
        end();
        enqueue(cleanUp);
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            onEnd.run();
        }
    }

    /// What no thread could be had for is not queued.
    private synchronized void enqueue(Runnable action) {
        queue.add(action);
        if (active) {
            return;
        }
        active = true;
        try {
            threads.execute(this::next);
        } catch (RuntimeException | Error e) {
            active = false;
            queue.removeLast();
            throw e;
        }
    }

    /// Runs one action; the next one waits until the other shipments have had a thread.
    private void next() {
        do {
            try {
                first().run();
            } catch (RuntimeException | Error e) {
                failed = true;
                failure = Optional.of(told(e));
            }
        } while (!handOn());
    }

    private synchronized Runnable first() {
        return queue.remove();
    }

    /// Has another thread go on, if there is anything to go on with; false when none could be had for it.
    private synchronized boolean handOn() {
        active = !queue.isEmpty();
        if (active) {
            try {
                threads.execute(this::next);
            } catch (RuntimeException | Error noThread) {
                return false;
            }
        }
        return true;
    }

    private WisentException told(Throwable e) {
        return e instanceof WisentException known
                ? known
                : PluginFailure.outOfMemory(e)
                        .orElseGet(() -> WisentException.of(ErrorCode.WRITE_FAILED, "writing failed: " + e)
                                .causedBy(e))
                        .where(name);
    }

    private WisentException untold() {
        return WisentException.of(ErrorCode.WRITE_FAILED, "writing failed").where(name);
    }
}
