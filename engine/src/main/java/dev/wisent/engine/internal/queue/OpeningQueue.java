package dev.wisent.engine.internal.queue;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.queue.QueueRequest;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A queue that is being opened, which takes a third of a second where brokers are asked for it: meanwhile the first rows are
/// read. Each call waits until it is open. If it can't be opened each fails as the opening did, and trying again does not help.
public final class OpeningQueue implements MessageQueue {
    private final FutureTask<MessageQueue> opening;

    private OpeningQueue(FutureTask<MessageQueue> opening) {
        this.opening = opening;
    }

    /// Begins to open `handle`.
    public static OpeningQueue of(QueueHandle handle, QueueRequest request) {
        FutureTask<MessageQueue> opening = new FutureTask<>(() -> handle.open(request));
        Thread unused = Thread.ofPlatform().daemon().name("queue-open").start(opening);
        return new OpeningQueue(opening);
    }

    private MessageQueue queue() {
        try {
            return opening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WisentException.of(ErrorCode.INTERRUPTED, "interrupted while the queue was opened")
                    .causedBy(e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(ExecutionException failed) {
        return switch (Objects.requireNonNull(failed.getCause())) {
            case WisentException e ->
                WisentException.of(e.code(), e.what())
                        .where(e.where())
                        .tried(e.tried())
                        .hint(e.hint())
                        .next(e.next())
                        .causedBy(e);
            case RuntimeException e -> e;
            case Error e -> throw e;
            case Throwable e -> new IllegalStateException(e);
        };
    }

    @Override
    public int mostBytes() {
        return queue().mostBytes();
    }

    @Override
    public boolean isDurable() {
        return queue().isDurable();
    }

    @Override
    public void publish(int lane, byte[] message) {
        queue().publish(lane, message);
    }

    @Override
    public LaneReader read(int lane) {
        return queue().read(lane);
    }

    /// Waits until it is open, and closes it.
    @Override
    public void close() {
        boolean interrupted = false;
        while (true) {
            try {
                opening.get().close();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                break; // There is nothing to close: whoever used it was told.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
