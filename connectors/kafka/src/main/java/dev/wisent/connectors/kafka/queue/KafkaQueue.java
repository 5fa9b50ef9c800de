package dev.wisent.connectors.kafka.queue;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.connectors.kafka.Clients;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A partition for each lane. One idempotent producer for all of them, made again when a message was not answered: a later
/// answer to that one is nobody's.
final class KafkaQueue implements MessageQueue {
    /// Larger entries go in parts, whatever the topic allows.
    private static final int MOST_BYTES = 4 << 20;
    /// What a batch of one message has around its bytes, by far.
    private static final int AROUND = 1 << 10;

    /// The producer uses memory of this size again, and takes new one for each batch that is larger: so most entries fit.
    private static final int BATCH_BYTES = 1 << 20;

    private final QueueOptions options;
    private final LaneTopic topic;
    /// One thread for all readers, once there is one.
    private final ScheduledThreadPoolExecutor keeper = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("wisent-queue-keeper").factory());
    private Optional<KafkaProducer<byte[], byte[]>> producer = Optional.empty();

    private boolean closed;

    /// @param topic closed with the queue; prepared before anything but [#prepareToPublish] and [#close] is called
    KafkaQueue(QueueOptions options, LaneTopic topic) {
        this.options = options;
        this.topic = topic;
        keeper.setRemoveOnCancelPolicy(true);
    }

    @Override
    public int mostBytes() {
        return Math.max(1, Math.min(MOST_BYTES, topic.mostBytes() - AROUND));
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public void publish(int lane, byte[] message) {
        KafkaProducer<byte[], byte[]> sending = topic.tried(this::producer);
        try {
            sending.send(new ProducerRecord<>(topic.partition(lane).topic(), lane, null, message))
                    .get();
        } catch (ExecutionException | KafkaException | IllegalStateException e) {
            drop(sending);
            throw topic.failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            drop(sending);
            throw WisentException.of(ErrorCode.INTERRUPTED, "interrupted while publishing")
                    .causedBy(e);
        }
    }

    /// Makes the producer while the topic is made ready, for both take a good part of a second where all classes are new. What
    /// fails here fails again, and is told, when something is published.
    synchronized void prepareToPublish() {
        try {
            if (!closed) {
                producer();
            }
        } catch (KafkaException e) {
            // Told later.
        }
    }

    /// The topic is prepared: a producer that puts more into a batch than it takes goes.
    synchronized void topicIsKnown() {
        if (topic.mostBytes() < BATCH_BYTES) {
            closeProducer();
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer.isEmpty()) {
            Map<String, Object> all = options.client().properties("wisent-queue-extract");
            all.put("enable.idempotence", "true");
            all.put("acks", "all");
            all.put("linger.ms", "0");
            all.put(
                    "batch.size",
                    Integer.toString(topic.mostBytes() > 0 ? Math.min(BATCH_BYTES, topic.mostBytes()) : BATCH_BYTES));
            all.put("max.request.size", Integer.toString(MOST_BYTES + AROUND));
            all.put("max.block.ms", "20000");
            all.put("request.timeout.ms", "10000");
            all.put("delivery.timeout.ms", "30000");
            producer = Optional.of(
                    Clients.made(() -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())));
        }
        return producer.get();
    }

    private synchronized void drop(KafkaProducer<byte[], byte[]> failed) {
        failed.close(Duration.ZERO);
        producer = producer.filter(open -> !open.equals(failed));
    }

    @Override
    public LaneReader read(int lane) {
        return new KafkaLaneReader(options, topic, lane, keeper);
    }

    private void closeProducer() {
        producer.ifPresent(open -> open.close(Duration.ofSeconds(1)));
        producer = Optional.empty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeProducer();
        keeper.shutdownNow();
        topic.close();
    }
}
