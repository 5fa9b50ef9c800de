package dev.wisent.connectors.queuerabbitmq.read;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// What comes of one queue by one channel. The broker sends as many messages as it was asked for: a consumer has a credit, and
/// when that is used up the next one takes its place, with a credit by how large messages were. So what waits here is bounded
/// by bytes as far as messages are alike, and always by their number. One thread, but for what the client calls.
final class Subscription {
    /// What may wait here, if messages are as large as the last ones.
    private static final long WAITING_BYTES = 4 << 20;
    /// Before the size of any is known.
    private static final int FIRST_CREDIT = 16;
    /// The protocol has two bytes for it.
    private static final int MOST_CREDIT = 65_535;

    private final Channel channel;
    private final String queue;
    private final Runnable arrived;
    private final Queue<Arrival> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    /// Tags of what was handed on and not acknowledged.
    private final TreeSet<Long> open = new TreeSet<>();
    /// Done when the channel is closed.
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();
    private Optional<Consumer> consumer = Optional.empty();
    private String tag = "";
    private long count;
    private long bytes;

    /// @param arrived called when there is something to look at
    Subscription(Channel channel, String queue, Runnable arrived) {
        this.channel = channel;
        this.queue = queue;
        this.arrived = arrived;
        channel.addShutdownListener(cause -> {
            gone.complete(true);
            arrived.run();
        });
    }

    /// Those it has handed on and that are not acknowledged count against its credit.
    private final class Consumer extends DefaultConsumer {
        private final int credit;
        private final TreeSet<Long> used = new TreeSet<>();
        /// Done when nothing comes by it any more.
        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

        Consumer(int credit) {
            super(channel);
            this.credit = credit;
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            waiting.add(new Arrival(envelope, properties, body));
            arrived.run();
        }

        @Override
        public void handleCancelOk(String tag) {
            ended.complete(true);
        }

        /// The broker ends it: the queue was deleted, or has lost its node.
        @Override
        public void handleCancel(String tag) {
            over.set(true);
            ended.complete(true);
            arrived.run();
        }

        @Override
        public void handleShutdownSignal(String tag, ShutdownSignalException cause) {
            ended.complete(true);
        }
    }

    /// Whether what came by it can be acknowledged, and more comes.
    boolean isOpen() {
        return channel.isOpen() && !over.get();
    }

    /// Why it is not open.
    Exception why() {
        ShutdownSignalException reason = channel.getCloseReason();
        return reason == null ? new IOException("the broker ended the reading of queue '" + queue + "'") : reason;
    }

    Optional<Arrival> next() {
        Optional<Arrival> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(arrival -> {
            open.add(arrival.tag());
            consumer.ifPresent(mine -> mine.used.add(arrival.tag()));
            count++;
            bytes += arrival.body().length;
        });
        return next;
    }

    /// Asks for messages, at most `most` of them, if the last ones that were asked for have come.
    void ask(int most) throws IOException {
        if (consumer.filter(mine -> mine.used.size() < mine.credit).isPresent() || !waiting.isEmpty()) {
            return;
        }
        int credit = Math.clamp(
                count == 0 ? FIRST_CREDIT : WAITING_BYTES / Math.max(1, bytes / count), 1, Math.min(most, MOST_CREDIT));
        cancel();
        if (!waiting.isEmpty()) {
            return;
        }
        count = 0;
        bytes = 0;
        Consumer next = new Consumer(credit);
        channel.basicQos(credit);
        consumer = Optional.of(next);
        tag = channel.basicConsume(queue, false, next);
    }

    /// Nothing comes any more that was not asked for again; what came is there when it returns.
    void cancel() throws IOException {
        if (consumer.isPresent()) {
            Consumer last = consumer.get();
            consumer = Optional.empty();
            channel.basicCancel(tag);
            // A consumer that is cancelled is not told when its channel goes before it heard of it.
            CompletableFuture.anyOf(last.ended, gone).join();
        }
    }

    /// Whether the queue holds nothing that could be delivered. If it does, that comes next.
    boolean isEmpty() throws IOException {
        cancel();
        if (waiting.isEmpty()) {
            GetResponse got = channel.basicGet(queue, false);
            if (got != null) {
                waiting.add(new Arrival(got.getEnvelope(), got.getProps(), got.getBody()));
            }
        }
        return waiting.isEmpty();
    }

    /// Whether nothing came that was not handed on, and nothing waits at the broker, as far as that knows.
    boolean isQuiet() throws IOException {
        return waiting.isEmpty() && channel.messageCount(queue) == 0;
    }

    /// All of which were handed on.
    void acknowledge(List<Arrival> arrivals) throws IOException {
        long last = 0;
        for (Arrival arrival : arrivals) {
            done(arrival);
            last = Math.max(last, arrival.tag());
        }
        if (open.isEmpty() || open.first() > last) {
            channel.basicAck(last, true);
            return;
        }
        for (Arrival arrival : arrivals) {
            channel.basicAck(arrival.tag(), false);
        }
    }

    /// The broker delivers it again.
    void giveBack(Arrival arrival) throws IOException {
        done(arrival);
        channel.basicNack(arrival.tag(), false, true);
    }

    private void done(Arrival arrival) {
        open.remove(arrival.tag());
        consumer.ifPresent(mine -> mine.used.remove(arrival.tag()));
    }

    void drop() {
        over.set(true);
        BrokerConnection.abort(channel);
    }

    /// Waits until the broker has taken what it was told.
    void close() {
        try {
            channel.close();
        } catch (IOException | ShutdownSignalException | TimeoutException e) {
            BrokerConnection.abort(channel);
        }
    }
}
