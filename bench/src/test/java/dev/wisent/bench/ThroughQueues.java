package dev.wisent.bench;

import dev.wisent.connectors.queuerabbitmq.Broker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// The same rows into files without a broker and through each one, by whole processes, the ways in turn. What the files hold
/// is compared with the first way's.
record ThroughQueues(Path work, BrokerProcess kafka) {
    private static final int ROUNDS = Integer.getInteger("bench.queues.rounds", 3);
    private static final long ROWS = Long.getLong("bench.queues.rows", 6_000_000);

    private static final String KAFKA = "kafka";

    private record Way(String name, String queue, List<Child> runs) {}

    void run() throws IOException, InterruptedException {
        try (Broker rabbit = new Broker()) {
            List<Way> ways = List.of(
                    new Way("memory", "{type: memory}", new ArrayList<>()),
                    new Way(
                            KAFKA,
                            "{type: kafka, config: {queue: {bootstrap_servers: \"" + kafka.servers()
                                    + "\", topic: bench}}}",
                            new ArrayList<>()),
                    new Way(
                            "rabbitmq",
                            "{type: rabbitmq, config: {queue: {host: localhost, port: " + rabbit.port()
                                    + ", queue_name: bench}}}",
                            new ArrayList<>()));
            measure(ways);
        }
    }

    private void measure(List<Way> ways) throws IOException, InterruptedException {
        Optional<String> first = Optional.empty();
        List<Double> broker = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (Way way : ways) {
                double before = kafka.cpuSeconds();
                way.runs().add(pipeline(way.queue()).run());
                if (way.name().equals(KAFKA)) {
                    broker.add(kafka.cpuSeconds() - before);
                }
                String loaded = sum(Pipeline.loaded(work));
                first = first.or(() -> Optional.of(loaded));
                Pipeline.same(first.get(), loaded);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n## %,d rows of the generator into files through each queue (median of %d, whole process): %s%n",
                ROWS,
                ROUNDS,
                first.orElseThrow());
        System.out.println("queue | s | rows/s | CPU s | peak RSS MB | ratio (memory s / this s)");
        double memory = Pipeline.seconds(ways.getFirst().runs());
        for (Way way : ways) {
            double seconds = Pipeline.seconds(way.runs());
            System.out.printf(
                    Locale.ROOT,
                    "%s | %.2f | %,.0f | %s | %.2f%n",
                    way.name(),
                    seconds,
                    ROWS / seconds,
                    Pipeline.costs(way.runs()),
                    memory / seconds);
        }
        System.out.println("CPU s of Kafka's broker meanwhile, each run: " + broker);
    }

    private Pipeline pipeline(String queue) {
        return new Pipeline(
                work,
                "name: queues\nsource: {name: generator, stream: orders, sync_mode: incremental, rows: " + ROWS
                        + "}\ndestination: {name: file, config: {path: loaded/, format: ndjson}}\nengine: {queue: "
                        + queue + "}\n");
    }

    /// The same for the same rows in any order.
    private static String sum(Path folder) throws IOException {
        long rows = 0;
        long sum = 0;
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    CRC32C crc = new CRC32C();
                    crc.update(line.getBytes(StandardCharsets.UTF_8));
                    sum += crc.getValue();
                    rows++;
                }
            }
        }
        if (rows != ROWS) {
            throw new IllegalStateException(rows + " rows instead of " + ROWS);
        }
        return rows + " rows, " + sum;
    }
}
