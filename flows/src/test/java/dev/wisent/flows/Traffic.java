package dev.wisent.flows;

import dev.wisent.connectors.kafka.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/// What producers do to a topic of their own, and where each message went: `PARTITION OFFSET`.
final class Traffic implements AutoCloseable {
    private static final int PLAIN = 200;
    private static final int IN_TRANSACTION = 20;
    private static final int HUGE = 10_000_000;
    private static final String NOTE = "n".repeat(100);

    private final Topics topics;
    private final Encoded encoded;
    private final String topic;
    private final KafkaProducer<byte[], byte[]> plain;
    private final KafkaProducer<byte[], byte[]> transactional;
    private final List<String> good = new ArrayList<>();
    private final List<String> poison = new ArrayList<>();
    private int partitions = 2;
    private long next;

    Traffic(Topics topics, Encoded encoded) {
        this.topics = topics;
        this.encoded = encoded;
        topic = topics.make("chaos-" + encoded.name().toLowerCase(java.util.Locale.ROOT), partitions);
        plain = topics.producer(Map.of());
        transactional = topics.producer(Map.of("transactional.id", topic));
        transactional.initTransactions();
    }

    String topic() {
        return topic;
    }

    int partitions() {
        return partitions;
    }

    /// Messages that are committed and read.
    List<String> good() {
        return good;
    }

    /// Messages that are committed and can't be read.
    List<String> poison() {
        return poison;
    }

    /// Messages of each kind; returns when the broker has them.
    void send() {
        good.addAll(places(send(plain, PLAIN)));
        transactional.beginTransaction();
        List<Future<RecordMetadata>> committed = send(transactional, IN_TRANSACTION);
        transactional.commitTransaction();
        good.addAll(places(committed));
        poison.addAll(places(List.of(plain.send(new ProducerRecord<>(topic, at(), null, encoded.poison())))));
        transactional.beginTransaction();
        places(send(transactional, IN_TRANSACTION));
        transactional.abortTransaction();
    }

    void sendHuge() {
        good.addAll(places(List.of(
                plain.send(new ProducerRecord<>(topic, at(), null, encoded.message(next, "h".repeat(HUGE)))))));
    }

    void grow() {
        partitions++;
        topics.grow(topic, partitions);
    }

    private int at() {
        return (int) (next++ % partitions);
    }

    private List<Future<RecordMetadata>> send(KafkaProducer<byte[], byte[]> producer, int messages) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            sent.add(producer.send(new ProducerRecord<>(topic, at(), null, encoded.message(next, NOTE))));
        }
        producer.flush();
        return sent;
    }

    private static List<String> places(List<Future<RecordMetadata>> sent) {
        List<String> places = new ArrayList<>();
        try {
            for (Future<RecordMetadata> each : sent) {
                places.add(each.get().partition() + " " + each.get().offset());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a message was not sent", e);
        }
        return places;
    }

    @Override
    public void close() {
        plain.close();
        transactional.close();
    }
}
