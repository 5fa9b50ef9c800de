package dev.wisent.flows;

import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.connectors.queuerabbitmq.SharedBroker;
import dev.wisent.testkit.fault.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// A queue of a real broker, shared by all tests.
enum Through {
    KAFKA {
        @Override
        String queue(String name) {
            return kafka(KafkaBroker.shared().servers(), name);
        }

        @Override
        String proxied(String name) {
            return kafka(KafkaBroker.shared().proxiedServers(), name);
        }

        @Override
        FaultProxy proxy() {
            return KafkaBroker.shared().proxy();
        }

        /// The topic of the job is there before the run: the queue goes by what it allows.
        @Override
        String narrow(String name, String job) {
            try (Topics topics = new Topics(KafkaBroker.shared())) {
                topics.makeNamed(
                        name + "." + job.replace('/', '-') + "-" + tag(job),
                        1,
                        Map.of(
                                "max.message.bytes",
                                Integer.toString(NARROW + AROUND),
                                "retention.ms",
                                "-1",
                                "retention.bytes",
                                "-1"));
            }
            return queue(name);
        }

        @Override
        String wide(String name) {
            return queue(name);
        }

        private String tag(String job) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(job.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private String kafka(String servers, String name) {
            return "{type: kafka, config: {queue: {bootstrap_servers: \"" + servers + "\", topic: " + name + "}}}";
        }
    },
    RABBITMQ {
        @Override
        String queue(String name) {
            return rabbitmq(SharedBroker.broker().port(), name);
        }

        @Override
        String narrow(String name, String job) {
            return rabbitmq(SharedBroker.broker().port(), name + ", max_message_bytes: " + NARROW);
        }

        @Override
        String wide(String name) {
            return rabbitmq(SharedBroker.broker().port(), name + ", max_message_bytes: " + (64 << 20));
        }

        @Override
        String proxied(String name) {
            return rabbitmq(proxy().port(), name);
        }

        @Override
        FaultProxy proxy() {
            return Proxy.OF_RABBITMQ;
        }

        private String rabbitmq(int port, String name) {
            return "{type: rabbitmq, config: {queue: {host: localhost, port: " + port + ", queue_name: " + name + "}}}";
        }
    };

    /// Of a message of a queue that is [#narrow].
    private static final int NARROW = 4 << 10;
    /// What Kafka's messages have around them, by far.
    private static final int AROUND = 1 << 10;
    private static final int TAG_BYTES = 6;

    /// Held by tests that break the connections of Kafka's proxy, or count them.
    static final String PROXY_OF_KAFKA = "proxy of kafka";

    /// The same of RabbitMQ's.
    static final String PROXY_OF_RABBITMQ = "proxy of rabbitmq";

    /// `engine.queue`, its topic or queues called `name`.
    abstract String queue(String name);

    /// The same, for a job (`PIPELINE/STREAM`) whose messages must not be larger than 4 KB.
    abstract String narrow(String name, String job);

    /// The same, for messages as large as there may be.
    abstract String wide(String name);

    /// The same as [#queue], by [#proxy].
    abstract String proxied(String name);

    /// Breaks the connections of those that came by it.
    abstract FaultProxy proxy();

    private static final class Proxy {
        static final FaultProxy OF_RABBITMQ =
                FaultProxy.to("localhost", SharedBroker.broker().port());
    }
}
