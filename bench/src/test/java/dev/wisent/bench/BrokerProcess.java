package dev.wisent.bench;

import dev.wisent.connectors.kafka.KafkaBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A broker of Kafka in a process of its own, with the options of the JVM that `kafka-server-start.sh` and `kafka-run-class.sh`
/// of Kafka 4 give it. It ends with this process.
final class BrokerProcess implements AutoCloseable {
    static final String BROKER = "broker";

    private static final List<String> OPTIONS = List.of(
            "-Xmx1G",
            "-Xms1G",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent",
            "-XX:MaxInlineLevel=15",
            "-Djava.awt.headless=true");
    private static final int SECONDS_TO_END = 20;

    private final Process process;
    private final String servers;

    private BrokerProcess(Process process, String servers) {
        this.process = process;
        this.servers = servers;
    }

    static BrokerProcess start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), QueueBench.class.getName(), BROKER));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String servers = Optional.ofNullable(out.readLine())
                .orElseThrow(() -> new IllegalStateException("the broker did not start"));
        return new BrokerProcess(process, servers);
    }

    /// What the process does: a broker until its input ends.
    static void serve() throws IOException {
        try (KafkaBroker broker = KafkaBroker.start()) {
            System.out.println(broker.servers());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    String servers() {
        return servers;
    }

    /// The CPU it has used since its start.
    double cpuSeconds() {
        return Child.cpuOf(process.pid());
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
