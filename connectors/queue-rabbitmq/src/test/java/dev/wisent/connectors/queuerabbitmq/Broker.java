package dev.wisent.connectors.queuerabbitmq;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Connection;
import dev.wisent.api.error.WisentException;
import dev.wisent.testkit.FreePorts;
import dev.wisent.testkit.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// Debian's RabbitMQ, started by hand in a folder of its own, with ports of its own. A machine that has none skips the tests.
public final class Broker implements AutoCloseable {
    private static final Path CONTROL = Path.of("/usr/lib/rabbitmq/bin/rabbitmqctl");
    private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /// `mnesia/NODE/quorum/NODE/QUEUE`
    private static final int QUEUES_DEPTH = 4;

    private final Path folder;
    private final int port = FreePorts.one();
    private final int tlsPort = FreePorts.one();
    private final SelfSigned certificate;
    private final int distribution = FreePorts.one();
    private final int epmd = FreePorts.one();
    private Process process;

    /// Whether this machine has one to start.
    public static boolean isInstalled() {
        return Files.isExecutable(SERVER);
    }

    public Broker() {
        assumeTrue(isInstalled(), "rabbitmq-server is not installed");
        try {
            folder = Files.createTempDirectory("wisent-rabbitmq");
            certificate = SelfSigned.in(folder);
            Files.writeString(folder.resolve("rabbitmq.conf"), """
                    listeners.ssl.default = 127.0.0.1:%d
                    ssl_options.certfile = %s
                    ssl_options.keyfile = %s
                    ssl_options.cacertfile = %s
                    ssl_options.verify = verify_peer
                    """.formatted(
                            tlsPort, certificate.ca(), certificate.key(), certificate.ca()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = start();
    }

    public int port() {
        return port;
    }

    /// Where it is reached by TLS, with [#certificate]. Whoever shows a certificate must have it of the same.
    int tlsPort() {
        return tlsPort;
    }

    SelfSigned certificate() {
        return certificate;
    }

    RabbitOptions options(String name) {
        return new RabbitOptions(name, RabbitOptions.USUAL_BYTES, login("guest", port));
    }

    public static Login login(String password, int port) {
        return new Login("localhost", port, "/", "guest", password, Optional.empty(), Side.QUEUE, "localhost:" + port);
    }

    /// Ends it at once, as a machine that fails, and starts it again with what it has on disk. RabbitMQ notes which folder is
    /// which quorum queue's seconds after it made the queue; one whose broker dies before that is empty, and has no leader
    /// (rabbitmq-server #10070). So the notes are waited for.
    public void restart() {
        Awaitility.await("the queues are noted")
                .atMost(PATIENCE)
                .until(() -> quorum().stream().allMatch(Broker::isNoted));
        kill();
        process = start();
    }

    /// As [#restart], but before the notes were made: each queue is empty then, and has no leader.
    void restartTooEarly() throws IOException {
        List<Path> queues = quorum();
        kill();
        for (Path queue : queues) {
            Files.deleteIfExists(queue.resolveSibling("names.dets"));
        }
        process = start();
    }

    /// A folder for each quorum queue.
    private List<Path> quorum() throws IOException {
        try (Stream<Path> all = Files.find(
                folder.resolve("mnesia"),
                QUEUES_DEPTH,
                (path, attributes) ->
                        attributes.isDirectory() && path.getParent().getParent().endsWith("quorum"))) {
            return all.toList();
        }
    }

    private static boolean isNoted(Path queue) {
        try {
            return Files.readString(queue.resolveSibling("names.dets"), StandardCharsets.ISO_8859_1)
                    .contains(queue.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() {
        ProcessBuilder builder = new ProcessBuilder(SERVER.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        known(builder)
                .putAll(Map.ofEntries(
                        // else it is not to be ended while it believes that a killed node lives
                        Map.entry("ERL_EPMD_RELAXED_COMMAND_CHECK", "true"),
                        Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                        Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distribution)),
                        Map.entry(
                                "RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
                        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
                        Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
                        Map.entry(
                                "RABBITMQ_ENABLED_PLUGINS_FILE",
                                folder.resolve("plugins").toString()),
                        Map.entry(
                                "RABBITMQ_CONFIG_FILE",
                                folder.resolve("rabbitmq").toString())));
        try {
            Process started = builder.start();
            Awaitility.await("RabbitMQ answers, see " + folder)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(this::answers);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What server and `rabbitmqctl` both have to know.
    private Map<String, String> known(ProcessBuilder builder) {
        Map<String, String> environment = builder.environment();
        environment.put("HOME", folder.toString());
        environment.put("ERL_EPMD_PORT", Integer.toString(epmd));
        environment.put("RABBITMQ_NODENAME", "wisent" + port + "@localhost");
        return environment;
    }

    /// `rabbitmqctl ARGUMENTS`: what it printed.
    public String control(String... arguments) {
        List<String> command = new ArrayList<>(List.of(CONTROL.toString(), "--quiet"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        known(builder);
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean answers() {
        try (Connection connection = login("guest", port).connect()) {
            return connection.isOpen();
        } catch (WisentException | IOException e) {
            return false;
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        try {
            // The daemon that knows Erlang's nodes outlives them.
            new ProcessBuilder("epmd", "-port", Integer.toString(epmd), "-kill")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
