package dev.wisent.columnar.internal.parquet;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Work in numbered parts that another thread begins and the caller's helps to end; whoever is free takes the next part.
/// [#begin], then [#finish] or [#abandon], each once.
final class Divided {
    private static final int OFFERED = 0;
    private static final int TAKEN = 1;
    private static final int WITHDRAWN = 2;

    private final int parts;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger offer = new AtomicInteger(OFFERED);
    private final CountDownLatch otherDone = new CountDownLatch(1);
    private volatile Optional<Throwable> failure = Optional.empty();

    Divided(int parts) {
        this.parts = parts;
    }

    /// Offers the parts to another thread, if it comes in time.
    void begin(IntConsumer there, Executor other) {
        other.execute(() -> {
            if (offer.compareAndSet(OFFERED, TAKEN)) {
                try {
                    work(there);
                } catch (RuntimeException | Error e) {
                    failure = Optional.of(e);
                } finally {
                    otherDone.countDown();
                }
            }
        });
    }

    /// Returns when all parts are done and the other thread touches none; throws what either threw.
    void finish(IntConsumer here) {
        try {
            work(here);
        } finally {
            // also when this thread failed: the caller's buffers are its own again only then
            settle();
        }
        failure.ifPresent(Divided::raise);
    }

    /// Returns when the other thread touches no part any more; some may be undone.
    void abandon() {
        next.set(parts);
        settle();
    }

    private void settle() {
        if (!offer.compareAndSet(OFFERED, WITHDRAWN)) {
            awaitOther();
        }
    }

    private void work(IntConsumer part) {
        for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
            part.accept(i);
        }
    }

    private void awaitOther() {
        boolean interrupted = false;
        while (true) {
            try {
                otherDone.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void raise(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
