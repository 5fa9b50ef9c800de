package dev.wisent.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/// `bench/run queues`: topics into tables, and rows through brokers. Apart from the others because its brokers are those of
/// the tests. Each runs in a process of its own, on the same cores as what is measured.
public final class QueueBench {
    static final String DROP = "drop";

    private QueueBench() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals(DROP)) {
            System.out.println(OrdersTopic.drop(args[1], args[2]));
            return;
        }
        if (args[0].equals(BrokerProcess.BROKER)) {
            BrokerProcess.serve();
            return;
        }
        Path work = Files.createDirectories(
                Path.of(System.getProperty("bench.work", "bench/target/work")).toAbsolutePath());
        System.out.println("# " + Machine.describe());
        try (BrokerProcess kafka = BrokerProcess.start()) {
            String series = System.getProperty("bench.queues.series", "delta,postgres,queues");
            if (series.contains("delta")) {
                new TopicIntoDelta(work, kafka).run();
            }
            if (series.contains("postgres")) {
                new TopicIntoPostgres(work, kafka).run();
            }
            if (series.contains("queues")) {
                new ThroughQueues(work, kafka).run();
            }
        }
    }
}
