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

    /// @param topic prepared; closed with the queue
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

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer.isEmpty()) {
            Map<String, Object> all = options.client().properties("wisent-queue-extract");
            all.put("enable.idempotence", "true");
            all.put("acks", "all");
            all.put("linger.ms", "0");
            all.put("batch.size", Integer.toString(Math.min(BATCH_BYTES, topic.mostBytes())));
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

    @Override
    public synchronized void close() {
        producer.ifPresent(open -> open.close(Duration.ofSeconds(1)));
        producer = Optional.empty();
        keeper.shutdownNow();
        topic.close();
    }
}
