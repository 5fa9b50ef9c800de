package dev.wisent.engine.internal.ship;

import dev.wisent.api.destination.Shipment;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// One part's actions, in order, on a virtual thread that lives while there are any.
final class ThreadShipment implements Shipment {
    private final String name;
    private final ShipShare share;
    private final Semaphore running;
    private final Runnable onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private boolean active;
    private volatile Optional<WisentException> failure = Optional.empty();

    ThreadShipment(String name, ShipShare share, Semaphore running, Runnable onEnd) {
        this.name = name;
        this.share = share;
        this.running = running;
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
            Thread unused = Thread.ofVirtual().name("ship-" + name).start(this::drain);
        }
    }

    private void drain() {
        while (true) {
            Runnable next;
            synchronized (this) {
                if (queue.isEmpty()) {
                    active = false;
                    return;
                }
                next = queue.remove();
            }
            running.acquireUninterruptibly();
            try {
                next.run();
            } finally {
                running.release();
            }
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
