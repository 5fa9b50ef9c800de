package dev.wisent.flows;

import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.queuerabbitmq.SharedBroker;
import dev.wisent.testkit.fault.FaultProxy;

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

    /// Held by tests that break the connections of Kafka's proxy, or count them.
    static final String PROXY_OF_KAFKA = "proxy of kafka";

    /// The same of RabbitMQ's.
    static final String PROXY_OF_RABBITMQ = "proxy of rabbitmq";

    /// `engine.queue`, its topic or queues called `name`.
    abstract String queue(String name);

    /// The same, by [#proxy].
    abstract String proxied(String name);

    /// Breaks the connections of those that came by it.
    abstract FaultProxy proxy();

    private static final class Proxy {
        static final FaultProxy OF_RABBITMQ =
                FaultProxy.to("localhost", SharedBroker.broker().port());
    }
}
