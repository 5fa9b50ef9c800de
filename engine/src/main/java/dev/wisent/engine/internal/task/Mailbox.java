package dev.wisent.engine.internal.task;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Messages to one task, from any thread, in order per sender. Sending wakes the receiver.
public final class Mailbox<M> {
    private final ConcurrentLinkedQueue<M> messages = new ConcurrentLinkedQueue<>();
    private final Task receiver;

    public Mailbox(Task receiver) {
        this.receiver = receiver;
    }

    public void send(M message) {
        messages.add(message);
        receiver.wake();
    }

    /// The next message; by the receiver alone.
    public Optional<M> take() {
        return Optional.ofNullable(messages.poll());
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }
}
