package dev.wisent.connectors.kafka.load;

import dev.wisent.api.LaneId;
import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.kafka.Clients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The right to write to a lane: its one transactional producer. Taking it ends what an earlier holder had open and has the
/// brokers refuse the rest. Used by one thread at a time; after a failure it is of no more use.
final class Pen implements AutoCloseable {
    private static final String LARGEST_REQUEST = Integer.toString(10 << 20);
    private static final String BATCH = Integer.toString(256 << 10);
    /// There is one of each lane.
    private static final String MEMORY = Integer.toString(16 << 20);
    private static final Duration NO_WAIT = Duration.ZERO;

    private final KafkaProducer<byte[], byte[]> producer;

    private Pen(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /// @throws KafkaException when it is not to be had
    static Pen take(LoadOptions options, TopicNames names, LaneId lane) {
        Map<String, Object> all = new HashMap<>(options.client()
                .properties(
                        "wisent-" + options.pipeline() + "-" + names.stream().name() + "-" + lane));
        long timeout = options.transactionTimeout().toMillis();
        all.put("batch.size", BATCH);
        all.put("buffer.memory", MEMORY);
        all.put("linger.ms", "5");
        all.put("max.request.size", LARGEST_REQUEST);
        all.put("compression.type", "lz4");
        all.put("max.block.ms", Long.toString(timeout));
        all.put("delivery.timeout.ms", Long.toString(timeout));
        all.put("request.timeout.ms", Long.toString(Math.max(500, timeout / 2)));
        all.putAll(options.producer());
        all.put("acks", "all");
        all.put("enable.idempotence", "true");
        all.put("transactional.id", names.transactionalId(lane));
        all.put("transaction.timeout.ms", Long.toString(timeout));
        KafkaProducer<byte[], byte[]> producer =
                Clients.made(() -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()));
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(NO_WAIT);
            throw e;
        }
        return new Pen(producer);
    }

    /// How far a transaction that failed had come.
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        /// Whether it may be in all the same.
        private final boolean open;

        Failed(RuntimeException cause, boolean open) {
            super(cause);
            this.open = open;
        }

        boolean isOpen() {
            return open;
        }

        /// Somebody else has the pen.
        boolean isTaken() {
            for (Throwable each = getCause(); each != null; each = each.getCause()) {
                if (each instanceof ProducerFencedException || each instanceof InvalidProducerEpochException) {
                    return true;
                }
            }
            return false;
        }
    }

    /// Sends all of it in one transaction: the progress last, as nobody reads past it until the transaction ends.
    void write(
            Consumer<Consumer<ProducerRecord<byte[], byte[]>>> messages, List<ProducerRecord<byte[], byte[]>> progress)
            throws Failed {
        // A send that fails fails the transaction: its future says nothing more.
        Consumer<ProducerRecord<byte[], byte[]>> send = message -> {
            var unused = producer.send(message);
        };
        try {
            producer.beginTransaction();
            messages.accept(send);
            producer.flush();
            progress.forEach(send);
            producer.flush();
            Boundary.reached(Boundary.MANIFEST_WRITTEN);
        } catch (RuntimeException e) {
            throw new Failed(e, false);
        }
        try {
            producer.commitTransaction();
        } catch (RuntimeException e) {
            throw new Failed(e, true);
        }
    }

    /// What is open is not waited for: whoever takes the pen next ends it.
    @Override
    public void close() {
        producer.close(NO_WAIT);
    }
}
