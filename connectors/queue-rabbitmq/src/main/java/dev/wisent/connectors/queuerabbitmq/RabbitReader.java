package dev.wisent.connectors.queuerabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.wisent.api.queue.LaneReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Takes the messages of one lane one by one: the broker sends none ahead, so a loader holds what it asked for, however much
/// waits.
/// When the channel breaks, the broker delivers again what was not acknowledged; tags of the old channel mean nothing to the
/// new one.
final class RabbitReader implements LaneReader {
    private final RabbitQueue queue;
    private final String name;
    private final Consumer<String> warn;
    private final Semaphore woken = new Semaphore(0);
    private Optional<Channel> channel = Optional.empty();
    /// Tags of this reader are those of its channels, counted on.
    private long before;
    private long highest;
    private boolean warned;

    RabbitReader(RabbitQueue queue, String name, Consumer<String> warn) {
        this.queue = queue;
        this.name = name;
        this.warn = warn;
    }

    @Override
    public synchronized Optional<Delivery> poll(Duration wait) {
        Optional<Delivery> next = next();
        if (next.isPresent() || wait.isZero()) {
            return next;
        }
        try {
            if (woken.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
            return next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<Delivery> next() {
        try {
            GetResponse response = open().basicGet(name, false);
            if (response == null) {
                return Optional.empty();
            }
            highest = before + response.getEnvelope().getDeliveryTag();
            return Optional.of(new Delivery(highest, response.getBody()));
        } catch (IOException | ShutdownSignalException e) {
            // An answer that is late must not be taken for the next one's.
            forget();
            if (isLate(e)) {
                return Optional.empty();
            }
            throw queue.failure(e);
        }
    }

    /// A broker takes back what is not acknowledged in time, with the channel. It comes again, and is known; told once.
    private boolean isLate(Exception closed) {
        boolean late = Refusal.of(closed).filter(Refusal::isLateAcknowledgement).isPresent();
        if (late && !warned) {
            warned = true;
            warn.accept("the broker took messages of queue '" + name
                    + "' back, for they were not acknowledged in time, and sends them again: a commit takes longer than its"
                    + " consumer_timeout, which should be longer, or commit_interval shorter");
        }
        return late;
    }

    private Channel open() {
        if (channel.filter(Channel::isOpen).isEmpty()) {
            channel.map(Channel::getCloseReason).ifPresent(this::isLate);
            before = highest;
            channel = Optional.of(queue.channel());
        }
        return channel.get();
    }

    @Override
    public synchronized void acknowledge(long tag) {
        if (tag <= before || channel.filter(Channel::isOpen).isEmpty()) {
            return;
        }
        try {
            channel.get().basicAck(tag - before, false);
        } catch (IOException | ShutdownSignalException e) {
            // Not told: it comes again, and is known.
            forget();
        }
    }

    @Override
    public void wakeUp() {
        woken.release();
    }

    @Override
    public synchronized void close() {
        forget();
    }

    /// Gives back what was not acknowledged.
    private void forget() {
        channel.ifPresent(RabbitQueue::abort);
        channel = Optional.empty();
        before = highest;
    }
}
