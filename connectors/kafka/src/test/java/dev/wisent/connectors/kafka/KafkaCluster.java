package dev.wisent.connectors.kafka;

import dev.wisent.testkit.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.awaitility.Awaitility;

/// Three real brokers of Kafka in this JVM, each a controller too: a message is acknowledged when two have it, so any one of
/// them may be away. Ports and logs outlive a restart. One thread.
final class KafkaCluster implements AutoCloseable {
    static final int NODES = 3;
    private static final Duration FAREWELL = Duration.ofSeconds(15);

    private final List<Node> nodes = new ArrayList<>();

    private static final class Node {
        final Path log;
        final int port = FreePorts.one();
        final int controller = FreePorts.one();
        Optional<KafkaRaftServer> server = Optional.empty();

        Node(Path log) {
            this.log = log;
        }
    }

    private KafkaCluster() {}

    static KafkaCluster start() {
        try {
            KafkaCluster cluster = new KafkaCluster();
            Uuid id = Uuid.randomUuid();
            for (int node = 0; node < NODES; node++) {
                Path log = Files.createTempDirectory("wisent-kafka-");
                KafkaBroker.format(log, node, id);
                cluster.nodes.add(new Node(log));
            }
            // one by itself waits for a majority
            CompletableFuture.allOf(IntStream.range(0, NODES)
                            .mapToObj(node -> CompletableFuture.runAsync(() -> cluster.startAgain(node)))
                            .toArray(CompletableFuture[]::new))
                    .join();
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
            return cluster;
        } catch (Exception failure) {
            throw new IllegalStateException("no brokers: " + failure, failure);
        }
    }

    /// `bootstrap.servers`, all of them.
    String servers() {
        return nodes.stream().map(node -> "localhost:" + node.port).collect(Collectors.joining(","));
    }

    /// Orderly: what it leads is handed over.
    void stop(int node) {
        Node stopped = nodes.get(node);
        stopped.server.ifPresent(server -> {
            server.shutdown();
            server.awaitShutdown();
        });
        stopped.server = Optional.empty();
    }

    void startAgain(int node) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(configuration(node)), Time.SYSTEM);
        nodes.get(node).server = Optional.of(server);
        server.startup();
    }

    /// Stops each broker and starts it again, and waits until it has what the others have.
    ///
    /// @param meanwhile waits until something happened while one is away
    void restartInTurn(Topics topics, Runnable meanwhile) {
        for (int node = 0; node < NODES; node++) {
            stop(node);
            meanwhile.run();
            startAgain(node);
            Awaitility.await().ignoreExceptions().until(() -> areInSync(topics));
        }
    }

    private static boolean areInSync(Topics topics) throws Exception {
        return topics
                .admin()
                .describeTopics(topics.admin().listTopics().names().get())
                .allTopicNames()
                .get()
                .values()
                .stream()
                .map(TopicDescription::partitions)
                .flatMap(List::stream)
                .allMatch(partition -> partition.isr().size() == NODES);
    }

    private Map<String, Object> configuration(int node) {
        Map<String, Object> all = new HashMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", Integer.toString(node));
        all.put("log.dirs", nodes.get(node).log.toString());
        all.put(
                "listeners",
                "PLAIN://localhost:" + nodes.get(node).port + ",CONTROLLER://localhost:" + nodes.get(node).controller);
        all.put("advertised.listeners", "PLAIN://localhost:" + nodes.get(node).port);
        all.put("listener.security.protocol.map", "PLAIN:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("controller.listener.names", "CONTROLLER");
        all.put("inter.broker.listener.name", "PLAIN");
        all.put(
                "controller.quorum.voters",
                IntStream.range(0, NODES)
                        .mapToObj(each -> each + "@localhost:" + nodes.get(each).controller)
                        .collect(Collectors.joining(",")));
        KafkaBroker.usual(all, NODES, NODES - 1);
        return all;
    }

    @Override
    public void close() {
        // At once, for the last one may find no majority any more to hand over to, and then it waits for five minutes;
        // nobody
        // waits for it here.
        CompletableFuture.allOf(IntStream.range(0, NODES)
                        .mapToObj(node -> CompletableFuture.runAsync(() -> stop(node)))
                        .toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, FAREWELL.toSeconds(), TimeUnit.SECONDS)
                .join();
        nodes.forEach(node -> KafkaBroker.erase(node.log));
    }
}
