package dev.wisent.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Messages of a topic into a Delta table, exactly once, by whole processes, in turn with a consumer that drops the data, in
/// a process of its own. What the table holds is compared with what was sent.
record TopicIntoDelta(Path work, BrokerProcess kafka) {
    private static final int ROUNDS = Integer.getInteger("bench.queues.rounds", 3);
    private static final long MESSAGES = Long.getLong("bench.queues.messages", 3_000_000);

    void run() throws IOException, InterruptedException, SQLException {
        System.out.println("\n## Kafka → Delta, exactly once, 4 partitions (median of " + ROUNDS
                + ", whole process) against a consumer that drops the data");
        System.out.println("messages × bytes | Wisent s | messages/s | CPU s | peak RSS MB | consumer s |"
                + " ratio (consumer s / Wisent s) | all seconds: Wisent, consumer");
        measure(200, MESSAGES);
        measure(1_000, MESSAGES / 3);
    }

    private void measure(int bytes, long messages) throws IOException, InterruptedException, SQLException {
        OrdersTopic topic = new OrdersTopic(kafka, "orders-" + bytes);
        topic.fill(messages, bytes, OrdersTopic.AT_ONCE);
        Pipeline pipeline = new Pipeline(
                work,
                "name: queues\nsource: " + topic.source("incremental")
                        + "\ndestination: {name: delta, config: {path: loaded/}}\n");
        List<Child> ours = new ArrayList<>();
        double[] consumers = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            ours.add(pipeline.run());
            Pipeline.same(
                    topic.expected(),
                    DatabaseServer.duckdbSum(
                            OrdersTopic.SUM, "read_parquet('" + Pipeline.loaded(work) + "/*.parquet')", List.of()));
            Child consumer = Child.run(work, consumer(topic));
            Pipeline.same(Long.toString(messages), consumer.output().strip());
            consumers[i] = consumer.seconds();
        }
        double seconds = Pipeline.seconds(ours);
        double consumer = Machine.median(consumers);
        System.out.printf(
                Locale.ROOT,
                "%,d × %d | %.2f | %,.0f | %s | %.2f | %.2f | %s, %s%n",
                messages,
                bytes,
                seconds,
                messages / seconds,
                Pipeline.costs(ours),
                consumer,
                consumer / seconds,
                ours.stream()
                        .map(run -> String.format(Locale.ROOT, "%.1f", run.seconds()))
                        .toList(),
                Arrays.stream(consumers)
                        .mapToObj(s -> String.format(Locale.ROOT, "%.1f", s))
                        .toList());
    }

    private static List<String> consumer(OrdersTopic topic) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                QueueBench.class.getName(),
                QueueBench.DROP,
                topic.servers(),
                topic.name());
    }
}
