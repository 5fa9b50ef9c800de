package dev.wisent.connectors.kafka;

import dev.wisent.testkit.FreePorts;
import dev.wisent.testkit.SelfSigned;
import dev.wisent.testkit.fault.FaultProxy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/// A real broker of Kafka in this JVM: broker and controller in one, KRaft, its log in a temporary folder. [#shared] is one
/// a JVM, for tests that only need topics of their own; a test that stops its broker starts one by [#start]. Its ports and
/// its log outlive a restart.
public final class KafkaBroker implements AutoCloseable {
    /// Who may log in at [#saslServers] by SASL PLAIN.
    public static final String USER = "herder";

    public static final String PASSWORD = "gr4ss & \"hay\"";

    private static final int NODE = 1;
    private static KafkaBroker shared;

    private final Path log;
    private final int plainPort;
    private final int saslPort;
    private final int controllerPort;
    private final int proxiedPort;
    private final int tlsPort;
    private final Optional<SelfSigned> certificate;
    private final FaultProxy proxy;
    private KafkaRaftServer server;

    private KafkaBroker(Path log, List<Integer> ports, Optional<SelfSigned> certificate) {
        this.certificate = certificate;
        this.tlsPort = ports.get(4);
        this.log = log;
        this.plainPort = ports.get(0);
        this.saslPort = ports.get(1);
        this.controllerPort = ports.get(2);
        this.proxiedPort = ports.get(3);
        this.proxy = FaultProxy.to("localhost", proxiedPort);
    }

    /// The JVM's own one, started when first asked for; it ends with the JVM and is never stopped before.
    public static synchronized KafkaBroker shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /// A new one, of the caller's own.
    public static KafkaBroker start() {
        return start(Optional.empty());
    }

    /// One that listens at [#tlsServers], too, by that certificate.
    public static KafkaBroker startWithTls(SelfSigned certificate) {
        return start(Optional.of(certificate));
    }

    private static KafkaBroker start(Optional<SelfSigned> certificate) {
        try {
            Path log = Files.createTempDirectory("wisent-kafka-");
            KafkaBroker broker = new KafkaBroker(
                    log, IntStream.generate(FreePorts::one).limit(5).boxed().toList(), certificate);
            format(log, NODE, Uuid.randomUuid());
            broker.launch();
            // a broker whose log is taken from it would halt this JVM with an error
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
            return broker;
        } catch (Exception failure) {
            throw new IllegalStateException("no broker: " + failure, failure);
        }
    }

    /// `bootstrap.servers` without login.
    public String servers() {
        return "localhost:" + plainPort;
    }

    /// `bootstrap.servers` where SASL (PLAIN, SCRAM-SHA-256, SCRAM-SHA-512) is asked for, without TLS.
    public String saslServers() {
        return "localhost:" + saslPort;
    }

    /// `bootstrap.servers` by TLS, where SASL is asked for.
    public String tlsServers() {
        return "localhost:" + tlsPort;
    }

    /// `bootstrap.servers` without login, through [#proxy]: whoever comes by it stays behind it.
    public String proxiedServers() {
        return "localhost:" + proxy.port();
    }

    /// Breaks the connections of those that came by [#proxiedServers].
    public FaultProxy proxy() {
        return proxy;
    }

    /// Orderly: leaders are handed over, logs are closed.
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /// After [#stop]: the same log, the same ports.
    public synchronized void startAgain() {
        if (server != null) {
            throw new IllegalStateException("the broker runs");
        }
        launch();
    }

    @Override
    public void close() {
        stop();
        proxy.close();
        erase(log);
    }

    private void launch() {
        KafkaConfig config = new KafkaConfig(configuration());
        server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
    }

    static void format(Path log, int node, Uuid cluster) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(node)
                .setClusterId(cluster.toString())
                .setDirectories(Set.of(log.toString()))
                .setMetadataLogDirectory(log.toString())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setControllerListenerName("CONTROLLER")
                .setUnstableFeatureVersionsEnabled(false)
                .setIgnoreFormatted(false)
                .run();
    }

    private Map<String, Object> configuration() {
        Map<String, Object> all = new HashMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", Integer.toString(NODE));
        all.put("log.dirs", log.toString());
        all.put(
                "listeners",
                "PLAIN://localhost:" + plainPort + ",SASL://localhost:" + saslPort + ",PROXIED://localhost:"
                        + proxiedPort + ",CONTROLLER://localhost:" + controllerPort);
        all.put(
                "advertised.listeners",
                "PLAIN://localhost:" + plainPort + ",SASL://localhost:" + saslPort + ",PROXIED://localhost:"
                        + proxy.port());
        all.put(
                "listener.security.protocol.map",
                "PLAIN:PLAINTEXT,SASL:SASL_PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("controller.listener.names", "CONTROLLER");
        all.put("inter.broker.listener.name", "PLAIN");
        all.put("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
        all.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
        all.put(
                "listener.name.sasl.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + USER + "=\""
                        + PASSWORD.replace("\"", "\\\"") + "\";");
        for (String kind : List.of("256", "512")) {
            all.put(
                    "listener.name.sasl.scram-sha-" + kind + ".sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        }
        certificate.ifPresent(made -> {
            all.merge("listeners", ",TLS://localhost:" + tlsPort, KafkaBroker::joined);
            all.merge("advertised.listeners", ",TLS://localhost:" + tlsPort, KafkaBroker::joined);
            all.merge("listener.security.protocol.map", ",TLS:SASL_SSL", KafkaBroker::joined);
            all.put("ssl.keystore.type", "PKCS12");
            all.put("ssl.keystore.location", made.store().toString());
            all.put("ssl.keystore.password", SelfSigned.PASSWORD);
            all.put("listener.name.tls.plain.sasl.jaas.config", all.get("listener.name.sasl.plain.sasl.jaas.config"));
            for (String kind : List.of("256", "512")) {
                String login = ".scram-sha-" + kind + ".sasl.jaas.config";
                all.put("listener.name.tls" + login, all.get("listener.name.sasl" + login));
            }
        });
        usual(all, 1, 1);
        return all;
    }

    /// What a broker of tests has whoever is beside it.
    ///
    /// @param replicas of topics, those of the broker's own, too
    /// @param inSync how many of them have to have a message before it is acknowledged
    static void usual(Map<String, Object> all, int replicas, int inSync) {
        all.put("default.replication.factor", Integer.toString(replicas));
        all.put("min.insync.replicas", Integer.toString(inSync));
        all.put("offsets.topic.replication.factor", Integer.toString(replicas));
        all.put("offsets.topic.num.partitions", "1");
        all.put("transaction.state.log.replication.factor", Integer.toString(replicas));
        all.put("transaction.state.log.num.partitions", "1");
        all.put("transaction.state.log.min.isr", Integer.toString(inSync));
        all.put("share.coordinator.state.topic.replication.factor", Integer.toString(replicas));
        all.put("share.coordinator.state.topic.min.isr", Integer.toString(inSync));
        // No waiting for members that never come.
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("auto.create.topics.enable", "false");
        // What tests wait for, soon.
        all.put("log.cleaner.backoff.ms", "100");
        all.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        all.put("log.retention.check.interval.ms", "200");
        // Messages of tests may be as old as they like.
        all.put("log.retention.ms", "-1");
        all.put("log.initial.task.delay.ms", "100");
        all.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
        all.put("message.max.bytes", Integer.toString(12 << 20));
        all.put("replica.fetch.max.bytes", Integer.toString(12 << 20));
        all.put("num.network.threads", "2");
        all.put("num.io.threads", "4");
        all.put("background.threads", "2");
        all.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    }

    private static Object joined(Object one, Object other) {
        return one + "" + other;
    }

    static void erase(Path log) {
        try (var files = Files.walk(log)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException stillWritten) {
            // It stays in the temporary folder.
        }
    }
}
