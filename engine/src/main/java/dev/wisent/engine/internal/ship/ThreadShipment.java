package dev.wisent.engine.internal.ship;

import dev.wisent.api.destination.Shipment;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
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
        enqueue(() -> {
            try {
                if (failure.isEmpty()) {
                    action.run(data, length);
                }
            } catch (Exception | Error e) {
                failure = Optional.of(told(e));
            } finally {
                share.give(data);
            }
        });
    }

    @Override
    public <T> CompletableFuture<T> finish(Callable<T> last) {
        end();
        CompletableFuture<T> result = new CompletableFuture<>();
        enqueue(() -> {
            try {
                if (failure.isPresent()) {
                    boolean unused = result.completeExceptionally(failure.get());
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

    private synchronized void enqueue(Runnable action) {
        queue.add(action);
        if (!active) {
            active = true;
            threads.execute(this::next);
        }
    }

    /// Runs one action; the next one waits until the other shipments have had a thread.
    private void next() {
        Runnable action;
        synchronized (this) {
            action = queue.remove();
        }
        try {
            action.run();
        } finally {
            goOn();
        }
    }

    private synchronized void goOn() {
        active = !queue.isEmpty();
        if (active) {
            threads.execute(this::next);
        }
    }

    private WisentException told(Throwable e) {
        return e instanceof WisentException known
                ? known
                : WisentException.of(ErrorCode.WRITE_FAILED, "writing failed: " + e)
                        .where(name)
                        .causedBy(e);
    }
}
