package dev.wisent.bench;

import dev.wisent.connectors.kafka.Topics;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A topic of 4 partitions with orders in JSON, all of one length, and what arrives of them when nothing is lost.
final class OrdersTopic {
    /// How its messages are told from others: by their number and a sum over all values but the time they were sent at.
    static final DatabaseServer.Table SUM = new DatabaseServer.Table(
            "orders", 0, "id, customer_id, status, amount, note", "id, customer_id, status, amount, note");
    static final long AT_ONCE = 0;

    private static final int PARTITIONS = 4;
    private static final List<String> STATES = List.of("new", "paid", "packed", "sent");
    private static final List<String> WORDS = words();
    private static final int SUMMED_BYTES = 6;

    private final BrokerProcess broker;
    private final String name;
    private final MessageDigest md5;
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private long messages;
    private BigInteger sum = BigInteger.ZERO;

    OrdersTopic(BrokerProcess broker, String name) {
        this.broker = broker;
        this.name = name;
        try (Topics topics = new Topics(broker.servers())) {
            topics.makeNamed(name, PARTITIONS, Map.of());
        }
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> words() {
        List<String> starts = List.of("ba", "chi", "dro", "fle", "gu", "ho", "ki", "lam", "mer", "ni", "po", "qua");
        List<String> ends = List.of("ble", "corn", "dle", "fort", "ger", "hill", "ket", "low", "mond", "nel", "per");
        return IntStream.range(0, starts.size() * ends.size())
                .mapToObj(i -> starts.get(i % starts.size()) + ends.get(i / starts.size()))
                .toList();
    }

    String servers() {
        return broker.servers();
    }

    String name() {
        return name;
    }

    /// The source of a pipeline that reads it into columns.
    String source(String mode) {
        return "{name: kafka, stream: orders, sync_mode: " + mode + ", bootstrap_servers: \"" + servers()
                + "\", topics: [{name: " + name + "}], read_as: columns, schema: {fields: [{name: id, type: int64},"
                + " {name: customer_id, type: int32}, {name: status, type: string},"
                + " {name: amount, type: \"decimal(12,2)\"}, {name: sent, type: int64}, {name: note, type: string}]}}";
    }

    /// What [DatabaseServer#duckdbSum] says of all that was sent.
    String expected() {
        return messages + " rows, " + sum;
    }

    /// Sends so many messages of `bytes` bytes, as fast as the broker takes them, or `perSecond` each second, and waits for
    /// the broker's answers.
    void fill(long count, int bytes, long perSecond) {
        AtomicLong lost = new AtomicLong();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.servers(),
                "linger.ms", perSecond == AT_ONCE ? "20" : "0",
                "batch.size", Integer.toString(1 << 18));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            long start = System.nanoTime();
            for (long i = 0; i < count; i++) {
                if (perSecond != AT_ONCE) {
                    LockSupport.parkNanos(start + i * 1_000_000_000L / perSecond - System.nanoTime());
                }
                int partition = (int) (messages % PARTITIONS);
                var unused =
                        producer.send(new ProducerRecord<>(name, partition, null, message(bytes)), (sent, failure) -> {
                            if (failure != null) {
                                lost.incrementAndGet();
                            }
                        });
            }
        }
        if (lost.get() > 0) {
            throw new IllegalStateException(lost + " messages could not be sent");
        }
    }

    private byte[] message(int bytes) {
        long id = messages++;
        int customer = random.nextInt(65_536);
        String status = STATES.get(random.nextInt(STATES.size()));
        String amount = random.nextInt(10_000) + "." + (10 + random.nextInt(90));
        StringBuilder text = new StringBuilder(bytes)
                .append("{\"id\":")
                .append(id)
                .append(",\"customer_id\":")
                .append(customer)
                .append(",\"status\":\"")
                .append(status)
                .append("\",\"amount\":")
                .append(amount)
                .append(",\"sent\":")
                .append(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
                .append(",\"note\":\"");
        int note = text.length();
        while (text.length() < bytes - 2) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append('-');
        }
        text.setLength(bytes - 2);
        count(id + "|" + customer + "|" + status + "|" + amount + "|" + text.substring(note));
        return text.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void count(String values) {
        byte[] hash = md5.digest(values.getBytes(StandardCharsets.UTF_8));
        long number = 0;
        for (int i = 0; i < SUMMED_BYTES; i++) {
            number = number << 8 | hash[i] & 0xff;
        }
        sum = sum.add(BigInteger.valueOf(number));
    }

    /// The least that any consumer does: takes every message and drops it.
    ///
    /// @return how many there were
    static long drop(String servers, String name) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest", "enable.auto.commit", "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(name).forEach(info -> partitions.add(new TopicPartition(name, info.partition())));
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(Set.copyOf(partitions));
            long count = 0;
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                count += consumer.poll(Duration.ofMillis(100)).count();
            }
            return count;
        }
    }
}
